package main

import (
	"regexp"
	"strings"

	"jixiao/schemas/catalog"
)

// zhPatterns are the failures and next steps that name something, with the
// groups of the English text in the places of the Chinese one.
var zhPatterns = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`^no document has an id that begins with (".*")$`), "没有编号以 $1 开头的文档"},
	{regexp.MustCompile(`^(\d+) documents have an id that begins with (".*")$`), "有 $1 份文档的编号以 $2 开头"},
	{regexp.MustCompile(`^no document came with batch (".*")$`), "没有批次为 $1 的文档"},
	{regexp.MustCompile(`^document (\S+) is not on the list of failures any more$`), "文档 $1 已不在失败列表中"},
	{regexp.MustCompile(`^document (\S+) has not failed$`), "文档 $1 没有失败"},
	{regexp.MustCompile(`^there is no data folder (".*")$`), "没有数据目录 $1"},
	{regexp.MustCompile(`^(".*") is no data folder$`), "$1 不是数据目录"},
	{regexp.MustCompile(`^the store is missing from data folder (".*")$`), "数据目录 $1 缺少存储"},
	{regexp.MustCompile(`^data folder (".*") is in use by process (\d+) \(jixiao (.*)\)$`), "数据目录 $1 正被进程 $2（jixiao $3）使用"},
	{regexp.MustCompile(`^the documents of data folder (".*") were imported with (.*), this is (.*)$`), "数据目录 $1 的文档是用 $2 导入的，这次是 $3"},
	{regexp.MustCompile(`^the documents of these servers are kept on the servers, not in data folder (".*")$`), "这些服务器的文档存放在服务器上，不在数据目录 $1"},
	{regexp.MustCompile(`^the documents of these servers are indexed (.*), not (.*)$`), "这些服务器的文档的索引：$1；而不是：$2"},
	{regexp.MustCompile(`^the documents of these servers are indexed (.*), this is without --elastic$`), "这些服务器的文档的索引：$1；这次没有给出 --elastic"},
	{regexp.MustCompile(`^the documents of these servers are indexed (.*)$`), "这些服务器的文档的索引：$1"},
	{regexp.MustCompile(`^the index was moved$`), "索引已迁移"},
	{regexp.MustCompile(`^give (--elastic URL.*|no --elastic, .*); jixiao reindex --move moves the index$`), "请用 $1；迁移索引用 jixiao reindex --move"},
	{regexp.MustCompile(`^give (--elastic URL.*|no --elastic, .*)$`), "请用 $1"},
	{regexp.MustCompile(`^start it again with (--elastic URL.*|no --elastic, .*)$`), "请用 $1 重新启动"},
	{regexp.MustCompile(`^data folder (".*") is not empty$`), "数据目录 $1 不是空的"},
	{regexp.MustCompile(`^(\d+) documents are there already$`), "已有 $1 份文档"},
	{regexp.MustCompile(`^(\S+) is there already$`), "$1 已存在"},
	{regexp.MustCompile(`^the backup was made by a newer version of this program \((.*)\)$`), "备份由本程序的更新版本（$1）生成"},
	{regexp.MustCompile(`^(".*") is no key$`), "没有字段 $1"},
	{regexp.MustCompile(`^the range (.*) ends before it begins$`), "区间 $1 的终点在起点之前"},
	{regexp.MustCompile(`^(".*") is no whole number$`), "$1 不是整数"},
	{regexp.MustCompile(`^(".*") is none of (.*)$`), "$1 不在可用值之中：$2"},
	{regexp.MustCompile(`^(".*") is no number such as (.*) or (.*)$`), "$1 不是数字（写法如 $2、$3）"},
	{regexp.MustCompile(`^(".*") is no date such as (.*), (.*) or (.*)$`), "$1 不是日期（写法如 $2、$3、$4）"},
	{regexp.MustCompile(`^(\S+) is a word and has no (?:order|range)$`), "$1 是文字，不能比较大小"},
	{regexp.MustCompile(`^nothing to compare in (".*")$`), "$1 中没有可比较的内容"},
	{regexp.MustCompile(`^no key (".*") to (?:filter|sort|count) by$`), "没有字段 $1"},
	{regexp.MustCompile(`^(".*") is no condition$`), "$1 不是筛选条件"},
	{regexp.MustCompile(`^query, character (\d+)$`), "查询第 $1 个字符"},
	{regexp.MustCompile(`^unexpected (".*")$`), "多余的 $1"},
	{regexp.MustCompile(`^more than (\d+) brackets or negations inside one another$`), "括号或否定嵌套超过 $1 层"},
	{regexp.MustCompile(`^more than (\d+) negations in a row$`), "连续的否定超过 $1 个"},
	{regexp.MustCompile(`^more than (\d+) words$`), "超过 $1 个词"},
	{regexp.MustCompile(`^a word is missing before (".*")$`), "$1 前面缺少词"},
	{regexp.MustCompile(`^(".*") is not closed$`), "$1 没有配对"},
	{regexp.MustCompile(`^no key (".*")$`), "没有字段 $1"},
	{regexp.MustCompile(`^no letter or digit to search in (".*")$`), "$1 中没有可检索的文字或数字"},
	{regexp.MustCompile(`^query of (\d+) characters is longer than (\d+)$`), "查询有 $1 个字符，超过上限 $2"},
	{regexp.MustCompile(`^(\S+) has too many values to count by$`), "$1 的取值太多，无法统计"},
	{regexp.MustCompile(`^the record of document (\S+) is missing from the store$`), "存储中缺少文档 $1 的记录"},
	{regexp.MustCompile(`^did you mean (.*)\?$`), "是否想写 $1？"},
	{regexp.MustCompile(`^keys are (.*)$`), "可用字段：$1"},
	{regexp.MustCompile(`^the file is over the limit of (\d+) bytes$`), "文件超过上限 $1 字节"},
	{regexp.MustCompile(`^a text of (\d+) bytes is over the limit of (\d+)$`), "文本有 $1 字节，超过上限 $2"},
	{regexp.MustCompile(`^raise the limit with --max-bytes (\d+)$`), "请用 --max-bytes $1 调大上限"},
	{regexp.MustCompile(`^not read within (\S+)$`), "在 $1 内未能读完"},
	{regexp.MustCompile(`^unexpected argument (.*), did you mean "(.*)"\?$`), "无法识别 $1，是否想写 $2？"},
	{regexp.MustCompile(`^unexpected argument (\S+)$`), "无法识别 $1"},
	{regexp.MustCompile(`^unknown flag (\S+), did you mean "(.*)"\?$`), "没有选项 $1，是否想写 $2？"},
	{regexp.MustCompile(`^unknown flag (\S+)$`), "没有选项 $1"},
	{regexp.MustCompile(`^expected "<(\w+)>.*"$`), "缺少参数 $1"},
	{regexp.MustCompile(`^there is no index (".*")(?: to build anew)?$`), "没有索引 $1"},
	{regexp.MustCompile(`^alias ("[^"]*")$`), "别名 $1"},
	{regexp.MustCompile(`^there is (?:an index|a template) (".*") that jixiao did not make$`), "已有名为 $1 的索引或模板，但不是 jixiao 建立的"},
	{regexp.MustCompile(`^elasticsearch (.*) wants credentials, and none are given$`), "Elasticsearch $1 需要凭据，但没有给出"},
	{regexp.MustCompile(`^elasticsearch (.*) does not take the credentials$`), "Elasticsearch $1 不接受这些凭据"},
	{regexp.MustCompile(`^expected one of (.*)$`), "请写明命令：$1"},
}

// message returns what an error says or its next step in the language l, where
// there is a form of it. What stands before a colon says where it was met and is
// kept.
func (l lang) message(s string) string {
	if l != chinese {
		return s
	}
	if t := l.T(s); t != s {
		return t
	}
	for _, p := range zhPatterns {
		if p.english.MatchString(s) {
			return p.english.ReplaceAllString(s, p.chinese)
		}
	}
	if where, what, ok := strings.Cut(s, ": "); ok {
		if f, ok := catalog.Lookup(where); ok {
			where = f.Label
		}
		return l.message(where) + ": " + l.message(what)
	}
	return s
}
