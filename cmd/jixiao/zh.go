package main

import "maps"

// zhTexts are the Chinese texts of all that is said to people, by the English
// ones. A test finds every text that is missing.
var zhTexts = func() map[string]string {
	all := map[string]string{}
	for _, part := range []map[string]string{zhHelp, zhFlags, zhTalk, zhWords, zhHints, zhFaults, zhUpkeep, zhEval, zhElastic} {
		maps.Copy(all, part)
	}
	return all
}()

// zhTalk is what commands say about their work.
var zhTalk = map[string]string{
	"jixiao: interrupted": "jixiao：已中断",
	"jixiao: %s":          "jixiao：%s",
	"next step: %s":       "下一步：%s",
	"; next step: ":       "；下一步：",
	"skipped %d files that are no reports by their names": "已跳过 %d 个从名称看不是报告的文件",
	"failed: %s: %s":      "失败：%s：%s",
	"failed: %s: %s (%s)": "失败：%s：%s（%s）",
	"seen %d = new %d + known %d + failed %d + skipped %d + pending %d": "共 %d = 新增 %d + 已有 %d + 失败 %d + 跳过 %d + 未完成 %d",
	"nothing has changed": "没有变化",
	"%d pending documents are in the data folder; its process works on them": "未完成的 %d 份文档已在数据目录中，由占用它的进程继续处理",
	"stopped before %d more files":                                           "已中断，另有 %d 个文件尚未轮到",
	"skipped %d: %s":                                                         "跳过 %d：%s",
	"failed:":                                                                "失败的文件：",
	"read, but look at these:":                                               "已读取，但请留意：",
	"pages whose text has to be recognised first (OCR):":                     "以下页面须先做文字识别（OCR）：",
	"pages":     "页码",
	"files":     "个文件",
	"importing": "导入中",
	"%d of %d files, %.0f a second, %s left, %d failed": "已处理 %d/%d 个文件，每秒 %.0f 个，剩余 %s，失败 %d",
	"nothing found (%d in all)":                         "没有找到（共 %d 条）",
	"%d–%d of %d hits in %d documents":                  "第 %d–%d 条，共 %d 条，出自 %d 份文档",
	"page %d":                                           "第 %d 页",
	"page %s":                                           "第 %s 页",
	"it is not read yet":                                "尚未读取",
	"no values were read":                               "没有读出任何值",
	"? = a person should look at this value":            "? = 该值需人工复核",
	"%s bytes":                                          "%s 字节",
	"%d pages":                                          "%d 页",
	"no documents":                                      "没有文档",
	"remove all that only import %q submitted?":         "删除仅由导入批次 %q 提交的全部内容？",
	"remove %d documents?":                              "删除 %d 份文档？",
	"%d documents removed":                              "已删除 %d 份文档",
	"%d waiting, %d in work":                            "等待 %d，处理中 %d",
	"%d documents, %d behind":                           "%d 份文档，%d 份待更新",
	"no document is on the list of failures":            "失败列表为空",
	"tried %d, read %d, failed again %d":                "重试 %d，成功 %d，仍失败 %d",
	"and %d more: %s":                                   "另有 %d 个：%s",
	"and %d more":                                       "另有 %d 个",
	"%d documents indexed":                              "已为 %d 份文档建立索引",
	"%d documents taken off the list":                   "已把 %d 份文档移出列表",
	"started, not ready yet":                            "已启动，尚未就绪",
	"ready":                                             "已就绪",
	"everything is as it should be":                     "一切已就绪，无需改动",
	"%s: %d messages that nobody will deliver":          "%s：%d 条消息不会再投递",
	"%d documents without a message, %d sent on again":  "%d 份文档没有消息，已重新送出 %d 项",
	"%d finished documents that the index lacks, %d in it that are not here": "索引缺少 %d 份已完成的文档，多出 %d 份这里没有的文档",
	"in the index alone":             "仅在索引中",
	"the index was not compared: %s": "没有与索引比较：%s",
}

// zhWords are heads of columns, states and kinds.
var zhWords = map[string]string{
	"id": "编号", "unit": "单位", "year": "年度", "project": "项目/政策", "scope": "范围", "headcount": "在职人数", "revenue": "收入(万元)", "expenditure": "支出(万元)",
	"score": "得分", "grade": "等级", "problems": "问题", "state": "状态", "group": "组", "name": "文件名", "kind": "类别", "reason": "原因",
	"stage": "环节", "next step": "下一步", "attempts": "尝试次数", "time": "时间", "documents": "文档", "region": "地区", "measures": "措施",
	"error": "错误", "title": "标题", "source": "来源", "field": "字段", "value": "值", "page": "页", "quote": "原文", "fields": "字段",
	"findings": "疑点", "not read": "未读出", "sections": "章节",
	"embedded": "内置", "data folder": "数据目录", "in use by": "使用者", "queue": "队列", "extract": "读取", "index": "索引", "given up": "已放弃",
	"revenue (万元)": "收入(万元)", "expenditure (万元)": "支出(万元)",
	"yuan": "元", "persons": "人", "percent": "%", "points": "分", "info": "提示", "warn": "注意", "err": "错误",

	"read": "已读", "partly_read": "部分已读", "needs_ocr": "待文字识别", "not_a_report": "非自评报告", "failed": "失败",
	"arrived": "已提交", "extracted": "待索引",

	"internal": "内部错误", "invalid": "文件损坏或加密", "unsupported": "不支持的格式", "too_large": "文件过大", "not_found": "不存在",
	"forbidden": "没有权限", "full": "磁盘已满", "unavailable": "暂不可用", "timeout": "超时", "conflict": "冲突", "canceled": "已取消", "usage": "用法错误",

	"none_stated": "报告称无", "not_applicable": "不适用", "blank": "空白", "unfilled_prompt": "模板提示语未填", "masked": "已隐去",
	"refused": "数字不可信", "hint_in_name": "仅文件名提及", "unreadable_page": "页面无法读取", "garbled": "乱码",

	"hidden": "隐藏文件", "temporary file of an office program": "办公软件的临时文件", "link": "链接",
	"neither a report nor an archive by its extension": "从扩展名看不是报告或压缩包", "no regular file": "不是普通文件", "data folder of this program": "本程序的数据目录",
}
