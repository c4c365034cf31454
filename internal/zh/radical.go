package zh

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// radical returns the ideograph that a Kangxi or CJK radical or a compatibility
// ideograph shows. Some PDF producers write these for ideographs of the same
// shape.
func radical(r rune) (rune, bool) {
	switch {
	case r < 0x2e80:
		return 0, false
	case r < 0x2e80+rune(len(supplement)):
		t := supplement[r-0x2e80]
		return t, t != ' '
	case r >= 0x2f00 && r < 0x2f00+rune(len(kangxi)):
		return kangxi[r-0x2f00], true
	case r >= 0xf900 && r <= 0xfaff, r >= 0x2f800 && r <= 0x2fa1f:
		t, n := utf8.DecodeRune(norm.NFC.PropertiesString(string(r)).Decomposition())
		return t, n > 0
	}
	return 0, false
}

// kangxi are the ideographs of the Kangxi radicals from U+2F00 on. They are
// those of Unicode's compatibility mapping but for ⼾, ⾭ and ⿈, which stand in
// simplified texts for 户, 青 and 黄 and not for 戶, 靑 and 黃.
var kangxi = []rune("" +
	"一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾" +
	"干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生" +
	"用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷" +
	"豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻" +
	"黄黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠")

// supplement are the ideographs of the CJK radicals supplement from U+2E80 on,
// by Unicode's property Equivalent_Unified_Ideograph; a space stands for none.
// ⻏ is given as 阝, which it looks like, and not as 邑.
var supplement = []rune("" +
	" 厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵 旡日月歺母民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹纟罓" +
	"罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艺艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸阝钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨" +
	"鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟")
