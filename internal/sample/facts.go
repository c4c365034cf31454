package sample

import (
	"fmt"
	"math/rand/v2"
)

// Facts are the figures of one invented report. They agree with each other as
// those of a careful unit would. Money is in fen.
type Facts struct {
	Unit, Region, Scope         string
	Year                        int
	FillDate                    string // 2024-03-18
	Notice                      string // 岚财绩〔2024〕7号
	Authorized, Actual, Retired int
	Revenue, Initial, Adjusted  int64
	Basic, Project, Spent       int64
	ThreePublic, Carryover      int64
	Rate, Score, Grade          string
	Problems, Measures          []string
	rnd                         *rand.Rand
	place, duty, family         int
}

// fenPer100Yuan keeps every amount at two decimals when it is said in 万元.
const fenPer100Yuan = 10_000

// New invents the facts of seed.
func New(seed uint64) *Facts {
	f := &Facts{rnd: rand.New(rand.NewPCG(seed, 0x6a69_7869_616f))}
	f.name()
	f.people()
	f.money()
	f.result()
	return f
}

func (f *Facts) name() {
	f.place, f.duty = f.rnd.IntN(len(cities)), f.rnd.IntN(len(duties))
	county := counties[f.rnd.IntN(len(counties))]
	f.Region = cities[f.place] + county
	f.Unit = f.Region + duties[f.duty].name
	f.Year = 2016 + f.rnd.IntN(9)
	f.Scope = "整体"
	f.FillDate = fmt.Sprintf("%d-%02d-%02d", f.Year+1, 2+f.rnd.IntN(6), 1+f.rnd.IntN(28))
	f.Notice = fmt.Sprintf("%s财绩〔%d〕%d号", firstRune(cities[f.place]), f.Year+1, 1+f.rnd.IntN(60))
	f.family = f.rnd.IntN(len(families))
}

func (f *Facts) people() {
	f.Authorized = 12 + f.rnd.IntN(140)
	f.Actual = f.Authorized - f.rnd.IntN(6)
	f.Retired = 3 + f.rnd.IntN(60)
}

func (f *Facts) money() {
	f.Initial = (20_000 + f.rnd.Int64N(400_000)) * fenPer100Yuan
	f.Adjusted = f.Initial + f.rnd.Int64N(60_000)*fenPer100Yuan
	f.Revenue = f.Adjusted
	f.Carryover = f.rnd.Int64N(f.Adjusted/fenPer100Yuan/12) * fenPer100Yuan
	f.Spent = f.Revenue - f.Carryover
	f.Basic = f.Spent / fenPer100Yuan * (20 + f.rnd.Int64N(50)) / 100 * fenPer100Yuan
	f.Project = f.Spent - f.Basic
	f.ThreePublic = (100 + f.rnd.Int64N(2_000)) * fenPer100Yuan
	f.Rate = fmt.Sprintf("%.2f", 100*float64(f.Spent)/float64(f.Adjusted))
}

func (f *Facts) result() {
	score := 8200 + f.rnd.IntN(1750)
	f.Score = fmt.Sprintf("%d.%02d", score/100, score%100)
	f.Grade = "良"
	if score >= 9000 {
		f.Grade = "优"
	}
	n := 2 + f.rnd.IntN(3)
	for _, i := range f.rnd.Perm(len(troubles))[:n] {
		f.Problems = append(f.Problems, troubles[i].problem)
		f.Measures = append(f.Measures, troubles[i].measure)
	}
}

// wan says an amount in 万元 with two decimals, as "1234.56".
func wan(fen int64) string {
	n := fen / fenPer100Yuan
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}
