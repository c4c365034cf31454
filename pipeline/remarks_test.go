package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jixiao/schemas/event"
	"jixiao/schemas/record"
)

func TestRemarks(t *testing.T) {
	several := record.Finding{Code: "several_reports", Message: "文件中有2份报告"}
	tests := map[string]struct {
		rec  record.Record
		want []string
	}{
		"report":        {record.Record{State: record.Read, Findings: []record.Finding{{Code: "sum_mismatch", Message: "合计不符"}}}, nil},
		"several":       {record.Record{State: record.Read, Findings: []record.Finding{several}}, []string{"文件中有2份报告"}},
		"other":         {record.Record{State: record.NotAReport}, []string{"不是绩效自评报告"}},
		"other_and_why": {record.Record{State: record.NotAReport, Gaps: []record.Gap{{Kind: record.NotApplicable, Reason: "没有标题"}}}, []string{"不是绩效自评报告：没有标题"}},
		"other_by_key":  {record.Record{State: record.NotAReport, Gaps: []record.Gap{{Kind: record.NotApplicable, Key: "unit", Reason: "不适用"}}}, []string{"不是绩效自评报告"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, remarks(&tt.rec)); d != "" {
				t.Errorf("remarks (-want +got):\n%s", d)
			}
		})
	}
}

func TestSettleTellsRemarks(t *testing.T) {
	var r Report
	r.settle("b.txt", New, event.State{Phase: event.PhaseIndexed, Remarks: []string{"one", "two"}})
	r.settle("a.txt", Known, event.State{Phase: event.PhaseIndexed, Remarks: []string{"three"}})
	want := []Remark{{Name: "a.txt", Message: "three"}, {Name: "b.txt", Message: "one"}, {Name: "b.txt", Message: "two"}}
	if d := cmp.Diff(want, r.sorted().Remarks); d != "" {
		t.Errorf("remarks (-want +got):\n%s", d)
	}
}
