package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func TestLanguageOf(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		env  map[string]string
		want lang
	}{
		{"nothing", nil, nil, english},
		{"locale", nil, map[string]string{"LANG": "zh_CN.UTF-8"}, chinese},
		{"stronger_locale", nil, map[string]string{"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, english},
		{"variable", nil, map[string]string{"JIXIAO_LANG": "zh", "LC_ALL": "C"}, chinese},
		{"flag", []string{"list", "--lang", "zh"}, map[string]string{"LC_ALL": "C"}, chinese},
		{"flag_with_sign", []string{"--lang=en"}, map[string]string{"LANG": "zh_CN"}, english},
		{"after_dashes", []string{"search", "--", "--lang=zh"}, nil, english},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := languageOf(c.args, func(k string) string { return c.env[k] }); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

var verbs = regexp.MustCompile(`%[-+.0-9]*[a-z]`)

// Every help text and every text that is said has a Chinese form with the same
// places for values.
func TestEveryTextIsTranslated(t *testing.T) {
	for s := range textsOfHelp(t) {
		if s != "" && zhTexts[s] == "" {
			t.Errorf("no Chinese for help %q", s)
		}
	}
	for s := range textsOfCode(t) {
		if zhTexts[s] == "" && !proper(s) {
			t.Errorf("no Chinese for %q", s)
		}
	}
	for en, zh := range zhTexts {
		a, b := verbs.FindAllString(en, -1), verbs.FindAllString(zh, -1)
		if !strings.Contains(en, "\n") && !reflect.DeepEqual(a, b) {
			t.Errorf("%q and %q take different values", en, zh)
		}
	}
}

// The next steps that errors of the whole program name are Chinese too, but for
// a few that other packages have changed since: those are logged.
func TestEveryHintIsTranslated(t *testing.T) {
	found, missing := 0, 0
	for _, tree := range []string{"../../cmd", "../../internal/app", "../../extractors", "../../pipeline"} {
		err := filepath.WalkDir(tree, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if s := hintOf(n); s != "" {
					if found++; zhTexts[s] == "" {
						missing++
						t.Logf("%s: no Chinese for the hint %q", path, s)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 20 || missing > found/10 {
		t.Errorf("%d of %d hints have no Chinese", missing, found)
	}
}

// hintOf returns the constant that n, a call of fault.WithHint, is given.
func hintOf(n ast.Node) string {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return ""
	}
	if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "WithHint" {
		return ""
	}
	lit, ok := call.Args[1].(*ast.BasicLit)
	if !ok {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}

// proper is for texts that are the same in every language.
func proper(s string) bool { return s == "" || strings.HasPrefix(s, "jixiao ") }

func textsOfHelp(t *testing.T) map[string]bool {
	var c cli
	k, err := kong.New(&c, kong.NoDefaultHelp())
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	var visit func(n *kong.Node)
	visit = func(n *kong.Node) {
		if n.Hidden {
			return
		}
		texts[n.Help], texts[n.Detail] = true, true
		for _, f := range n.Flags {
			texts[f.Help] = true
		}
		for _, p := range n.Positional {
			texts[p.Help] = true
		}
		for _, child := range n.Children {
			visit(child)
		}
	}
	visit(k.Model.Node)
	for _, g := range groups {
		texts[g.title] = true
	}
	return texts
}

// textsOfCode are the constants that the package hands to T, say, heading and
// the like.
func textsOfCode(t *testing.T) map[string]bool {
	texts := map[string]bool{}
	pkgs, err := parser.ParseDir(token.NewFileSet(), ".", nil, 0) //nolint:staticcheck // one folder, no build tags
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range pkgs["main"].Files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 || !says(call.Fun) {
				return true
			}
			if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					texts[s] = true
				}
			}
			return true
		})
	}
	return texts
}

func says(fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name == "say" || f.Sel.Name == "T" || f.Sel.Name == "phrase" || f.Sel.Name == "heading"
	case *ast.Ident:
		return f.Name == "t" || f.Name == "row" || f.Name == "line"
	}
	return false
}

func TestPhraseCounts(t *testing.T) {
	for want, got := range map[string]string{
		"1 document removed":          english.phrase("%d documents removed", 1),
		"11 documents removed":        english.phrase("%d documents removed", 11),
		"0 documents removed":         english.phrase("%d documents removed", 0),
		"1–1 of 1 hit in 1 document":  english.phrase("%d–%d of %d hits in %d documents", 1, 1, 1, 1),
		"1–2 of 2 hits in 1 document": english.phrase("%d–%d of %d hits in %d documents", 1, 2, 2, 1),
		"已删除 1 份文档":                   chinese.phrase("%d documents removed", 1),
		"next step: 1 documents":      english.phrase("next step: %s", "1 documents"),
		"1 document, 1 behind":        english.phrase("%d documents, %d behind", 1, 1),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestMessageInChinese(t *testing.T) {
	for in, want := range map[string]string{
		`no document has an id that begins with "99"`:                  `没有编号以 "99" 开头的文档`,
		"pdf: the file is empty":                                       "pdf: 文件是空的",
		"in/a: b.txt: permission denied":                               "in/a: b.txt: 没有权限",
		`unexpected argument lst, did you mean "list"?`:                "无法识别 lst，是否想写 list？",
		"query, character 2: the quotation mark is not closed":         "查询第 2 个字符: 引号没有配对",
		`year: "abc" is no number such as 95.5 or 1000万`:               `年度: "abc" 不是数字（写法如 95.5、1000万）`,
		"pdf: the PDF is encrypted and opens only with a password":     "pdf: PDF 已加密，须有密码才能打开",
		"something nobody has met":                                     "something nobody has met",
		`data folder "d" is in use by process 12 (jixiao import)`:      `数据目录 "d" 正被进程 12（jixiao import）使用`,
		"text: a text of 57600000 bytes is over the limit of 16777216": "text: 文本有 57600000 字节，超过上限 16777216",
	} {
		if got := chinese.message(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
		if got := english.message(in); got != in {
			t.Errorf("%q becomes %q in English", in, got)
		}
	}
}
