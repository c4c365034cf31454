package charset

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// minScore is the least mean weight of a character in a text. Written Chinese
// scores about 3, plain English 1, the right bytes in a wrong encoding 0.6 or
// less, random bytes far below 0.
const minScore = 0.8

// sure is a score that no wrong encoding reaches, so that the others need not be
// tried.
const sure = 2

// score returns the mean weight of the characters of s.
func score(s string) float64 {
	sum, n := 0, 0
	for i, r := range s {
		if r == utf8.RuneError && i > len(s)-6 {
			break // the sample's end may cut a character
		}
		sum += weight(r)
		n++
	}
	if n == 0 {
		return 0
	}
	return float64(sum) / float64(n)
}

// weight says how likely r stands in a Chinese text: what is frequent weighs
// most, what only wrong decoding yields counts against.
func weight(r rune) int {
	switch {
	case r >= 0x4e00 && r <= 0x9fff:
		if common()[r-0x4e00] {
			return 4
		}
		return 0
	case r == utf8.RuneError, isControl(r):
		return -10
	case r < 0x80:
		return 1
	case r >= 0x3000 && r <= 0x3020, r >= 0xff01 && r <= 0xff5e, r >= 0x2460 && r <= 0x249b:
		return 2
	case r >= 0x2010 && r <= 0x203b, r >= 0x25a0 && r <= 0x2612, r == '·', r == '×', r == '≥', r == '≤', r == '¥':
		return 1
	case r >= 0x2500 && r <= 0x259f, r >= 0x2e80 && r <= 0x2fd5, r >= 0x2190 && r <= 0x22ff:
		return 0
	case unicode.Is(unicode.Co, r), !unicode.IsPrint(r) && !isBreak(r):
		return -6
	}
	return -2
}

// common is the set of frequent characters, in both scripts, from U+4E00 on.
var common = sync.OnceValue(func() *[0x5200]bool {
	var set [0x5200]bool
	for _, r := range simplified + traditional {
		set[r-0x4e00] = true
	}
	return &set
})

// The most frequent characters of modern prose and of reports on budgets, and
// the traditional forms of those that have one.
const (
	simplified = "" +
		"一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下于们后就发自之对得主长可过天作分方用多你着部" +
		"能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所如现理机体表力好外与当文两实重新三么只山" +
		"水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次向二" +
		"治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首" +
		"共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活华几州解议更称程张今决导术府才保交放管结师便走达族反再题色五" +
		"京河接条规式县白它改风光运信受什组听布百济党指论强做干取技黄神选记斯真却职号界件花类何眼兵传带空农边据集联古广完质阳难增" +
		"历史专官每住商即步台认车林必死游举线备皇言土团收考求德叫近争研非具李众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红" +
		"型价校约器字段周亚深候则属功积快图火准千究往极育装许参半令吃观鱼精办像帝八复影告随远群包整构料划算象容示投势热值网夫望源" +
		"息语股铁断派速怎需片爱律纪支早况病境证编越局推满且列觉服双未居除织乐企引标确初青志项率飞节球察龙响药站施均消客失轻存低甚" +
		"般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木宝黑左置跟央识采维六环底宫房音案批切斗富乡另倒若查按故突责严" +
		"桥模仅胜杀围席态破承招杨负层须父供续状域细似依银范修找九致密终血旅钱赛独效玉冲获习医演镇毛尽弹脸楼艺航陆右协七攻检写苏宗" +
		"章注阿抗弟坐验封紧劳户优财养适陈喜卫排射哥油刻留急降念云微伤例景拿绝阶座刘刚害印绩评预拨款执退休街室填亿措良差附"
	traditional = "" +
		"瞭國爲這個箇來會時齣學說傢於們後發髮對長過業裏哩經麪門動進區衕開產軍還種現機體錶與當噹兩實麼隻祇關從製內沒將員東頭間無見" +
		"閤戰點場嚮曏數樣問並併幷萬級應資務迴係繫氣漢總電聲設義統處馬兒領隊計別彆權話報給變菓書華幾議稱張決導術朮纔結師達題條規縣" +
		"牠風運組聽佈濟黨論強幹乾榦黃選記卻職號類傳帶農邊據聯廣質陽難歷曆專臺檯颱認車遊舉線備團糰爭俱衆連調轉該剋爾讓較際親單紅價" +
		"約週賙亞則屬積圖準韆極裝許參蔘喫觀魚辦復複覆隨遠羣構劃勢熱網伕語鐵斷愛紀況證証編侷滿覺雙織樂標確誌項飛節龍響藥葯輕擊請離" +
		"顯羅營視護創餘興佔雖費試寶識採寀維環宮鬥鄉責嚴橋僅勝殺圍蓆態楊負層須鬚續狀細銀範脩緻終錢賽獨衝沖獲穫習醫鎮盡儘彈臉樓藝陸" +
		"協檢寫蘇甦囌註驗緊勞戶優財養適陳衛唸雲傷拏絕階劉剛績評預撥執億"
)
