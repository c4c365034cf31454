package main

// zhUpkeep are the texts of the commands that look after what is kept:
// reprocess, backup and restore.
var zhUpkeep = map[string]string{
	reprocessHelp: `新版程序可能读出更多。本命令对全部或选定的文档，重做程序改动过的环节：解析原始文件、从已存文字读取字段，或重建索引条目。
没有变化的文档保持不动。原始文件和文件名不变；运行期间可照常检索。中断后再次运行同一命令即可继续。

示例：
  jixiao reprocess --dry-run
  jixiao reprocess --from layout --year 2019..2021
  jixiao reprocess --force 3fa9 77b0
  jixiao reprocess --dry-run --json | jq '.changes.fields'`,

	"Do documents again as far as the program has changed; --dry-run shows what would change.":                                     "按程序的变化重做文档；--dry-run 只显示会有哪些变化。",
	"The earliest stage that may be done again: parse the bytes, read the stored text, or index the stored record.":                "最早可从哪一环节重做：bytes 重新解析原始文件，layout 从已存文字读取，records 只重建索引条目。",
	"Begin there with all of them, also what is up to date.":                                                                       "全部从该环节重做，包括没有变化的文档。",
	"Store nothing; print how many values would change, with samples.":                                                             "不保存任何内容；输出会有多少值变化，并附样例。",
	"%d documents = from bytes %d + from layout %d + from records %d + current %d + earlier %d + busy %d + failed %d + pending %d": "共 %d 份文档 = 从原始文件 %d + 从文字 %d + 从记录 %d + 无需重做 %d + 须从更早环节 %d + 处理中 %d + 失败 %d + 未完成 %d",
	"%d documents are out of date at an earlier stage than --from allows":                                                          "%d 份文档须从比 --from 更早的环节重做，已保持不动",
	"%d documents were read by workers of another version: update them and run this again":                                         "%d 份文档由其他版本的工作进程读取：请更新它们后再次运行",
	"%d documents would have other values, %d only other evidence, findings or gaps":                                               "%d 份文档的值会变化，%d 份仅出处、疑点或缺项会变化",
	"ids or conditions are wanted, one of the two":                                                                                 "请给出编号或筛选条件，二者取一",
	"run the same command again: it does the rest":                                                                                 "再次运行同一命令即可完成其余部分",
	"the process that owns the data folder has ended before the work was done":                                                     "占用数据目录的进程在完成之前已结束",
	"added": "新增", "removed": "减少", "changed": "改变", "all": "合计",
}
