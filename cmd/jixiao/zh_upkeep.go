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

	backupHelp: `把全部文档存入一个文件：原始文件、读出的内容、文件名和批次、状态。索引不在其中，恢复时重建。
备份期间可照常工作，每份文档都是某一时刻的完整状态。新文件写完并重新读取核对无误后才使用其名称。
退出码 3：存储中有文档的原始文件缺失或损坏，其余内容都已备份。

示例：
  jixiao backup 报告-2024-06-01.jixiao
  jixiao backup --verify 报告-2024-06-01.jixiao`,
	restoreHelp: `把备份中的文档恢复到新的数据目录，或没有文档的 NATS 服务器。写入之前先核对整个备份；索引根据记录重建。
加 --merge 时补上缺少的文档：已有的保持不变，备份之后删除的不再恢复。

示例：
  jixiao restore 报告-2024-06-01.jixiao --data 恢复
  jixiao restore 报告-2024-06-01.jixiao --merge
  jixiao restore 报告-2024-06-01.jixiao --nats nats://n1:4222 --store nats`,

	"Save every document into one file, or check such a file.":                          "把全部文档备份到一个文件，或核对这样的文件。",
	"Bring the documents of a backup back.":                                             "恢复备份中的文档。",
	"The new file.":                                                                     "新文件。",
	"Read this backup and check all that is in it, instead of making one.":              "不新建备份，而是读取并核对此备份的全部内容。",
	"Print what the backup holds as one JSON object.":                                   "以一个 JSON 对象输出备份所含内容。",
	"A file that jixiao backup has written.":                                            "由 jixiao backup 写成的文件。",
	"Add what is missing to the documents that are there; none of them is changed.":     "为已有文档补上缺少的部分，不改动任何已有内容。",
	"the bytes of %d documents are missing":                                             "%d 份文档的原始文件缺失",
	"%d documents: %d originals of %s bytes, %d records, by %s at %s":                   "%d 份文档：%d 个原始文件（%s 字节），%d 份记录，程序版本 %s，时间 %s",
	"the index is %d documents behind":                                                  "索引尚缺 %d 份文档",
	"all is stored; %d documents wait for index workers (Ctrl-C ends only the waiting)": "已全部存储；%d 份文档等待索引进程处理（Ctrl-C 只结束等待）",
	"nothing was finished for a while: see that workers run with the same servers: jixiao worker --stage extract and --stage index, or jixiao serve": "已有一段时间没有完成任何文档：请确认有工作进程连接同样的服务器运行：jixiao worker --stage extract 和 --stage index，或 jixiao serve",
	"see that an index worker runs with the same servers: jixiao worker --stage index, or jixiao serve":                                              "请确认有索引进程连接同样的服务器运行：jixiao worker --stage index，或 jixiao serve",
	"the index takes none: %s": "索引无法写入：%s",
	"all is stored: index workers go on by themselves as soon as they run":                            "已全部存储：索引进程启动后会自行继续",
	"%d documents in the backup: restored %d, there already %d, removed since %d, not indexed yet %d": "备份中共 %d 份文档：恢复 %d，已有 %d，备份后已删除 %d，尚未索引 %d",
	"take another copy of it, or an earlier backup":                                                   "请改用另一份副本或更早的备份",
	"name a file that jixiao backup has written":                                                      "请指定由 jixiao backup 写成的文件",
	"use that version or a later one":                                                                 "请使用该版本或更新的版本",
	"name a new file, or move the old one away":                                                       "请指定新文件，或先移走旧文件",
	"run the same command with --merge to go on":                                                      "加 --merge 再次运行同一命令即可继续",
	"give --merge to add what is missing in it, or name a new folder with --data":                     "加 --merge 可补上其中缺少的内容，或用 --data 指定新目录",
	"give --merge to add what is missing":                                                             "加 --merge 可补上缺少的内容",
	"the disk of the store may be failing: remove the document and import it again":                   "存储所在磁盘可能有故障：请删除该文档后重新导入",
	"run the same command again; the log of that process says why":                                    "请再次运行同一命令；该进程的日志写有原因",

	"it is no backup of this program":       "不是本程序的备份",
	"the backup is damaged":                 "备份已损坏",
	"it ends too early":                     "内容不完整",
	"it was cut, or never finished":         "文件被截断，或当时没有写完",
	"something stands behind its end":       "结尾之后另有内容",
	"the manifest is about another archive": "清单与内容不符",
	"read the new backup again":             "核对新备份",

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
