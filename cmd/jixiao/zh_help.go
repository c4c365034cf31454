package main

// zhFlags are the help texts of commands, flags and arguments, and what stands
// around them.
var zhFlags = map[string]string{
	"Usage:":    "用法：",
	"Commands:": "命令：",
	"Flags:":    "选项：",
	"Settings (flag > environment > file > default):":                         "设置（选项 > 环境变量 > 配置文件 > 默认值）：",
	"Exit codes: 0 ok, 1 failure, 2 usage, 3 partly failed, 130 interrupted.": "退出码：0 成功，1 失败，2 用法错误，3 部分失败，130 已中断。",
	"Read files, keeping nothing:":                                            "读取文件，不保存：",
	"Keep reports in a data folder:":                                          "把报告存入数据目录：",
	"Other:":                                                                  "其他：",

	"Read reports and print their fields with evidence, one JSON object a line.":                          "读取报告，逐行输出带出处的字段（JSON）。",
	"Print the text of documents as it was read.":                                                         "输出文档被读出的文字。",
	"Read reports into the data folder and make them findable.":                                           "把报告读入数据目录，供检索。",
	"Search reports, problems and measures.":                                                              "检索报告、问题和措施。",
	"List documents with their main figures.":                                                             "列出文档及其主要数字。",
	"Show what was read from one document, with page and quote.":                                          "查看一份文档读出的内容，附页码和原文。",
	"Give back the bytes of a document as they were submitted.":                                           "取回文档提交时的原始文件。",
	"Write documents as CSV or JSON Lines for other programs.":                                            "导出为 CSV 或 JSON Lines，供其他程序使用。",
	"Remove documents, their records and originals.":                                                      "删除文档及其记录和原始文件。",
	"Count documents, queue and index.":                                                                   "统计文档、队列和索引。",
	"Documents that could not be read: list, show, retry, drop.":                                          "读取失败的文档：列出、查看、重试、移出列表。",
	"Take documents off the list; they stay failed, and retry takes their ids.":                           "把文档移出失败列表；其状态仍为失败，仍可用编号重试。",
	"Work for others, on one machine or many:":                                                            "为其他程序工作（单机或多机）：",
	"Read and index what arrives, until it is stopped.":                                                   "持续读取并索引到达的文档，直到被停止。",
	"Do one part of the work on NATS servers, until it is stopped.":                                       "从 NATS 服务器领取一个环节的工作，直到被停止。",
	"Look for documents and messages that nobody would work on.":                                          "查找没有人会处理的文档和消息。",
	"What to do: extract reads documents, index makes them findable.":                                     "环节：extract 读取文档，index 建立索引。",
	"Only print what would change.":                                                                       "只显示将要做的改动。",
	"Print one JSON object a change.":                                                                     "每项改动输出一个 JSON 对象。",
	"Send what is found on again.":                                                                        "把找到的重新送去处理。",
	"Certificates (PEM) of the authorities that may have signed that server's certificate.":               "可签发该服务器证书的机构的证书（PEM）。",
	"Certificate (PEM) that this program shows that server.":                                              "本程序向该服务器出示的证书（PEM）。",
	"Key (PEM) of that certificate.":                                                                      "该证书的私钥（PEM）。",
	"On how many servers everything is kept: 1, 3 or 5; 0 leaves it as it is.":                            "数据保存在几台服务器上：1、3 或 5；0 表示不改变。",
	"Keep everything in this cluster of servers.":                                                         "数据保存在此服务器集群。",
	"Keep everything on servers with these tags.":                                                         "数据保存在带有这些标签的服务器上。",
	"Beginning of the names of streams and subjects there; else jixiao.":                                  "那里的流和主题名称的前缀；默认为 jixiao。",
	"Where originals and records are kept: in the data folder, or on the NATS servers for many machines.": "原始文件和记录存放处：数据目录（local），或供多台机器共用的 NATS 服务器（nats）。",
	"Build the index again from the stored records.":                                                      "根据已存记录重建索引。",
	"Print the versions of the program and its parts.":                                                    "输出程序及各部分的版本。",
	"List the documents that could not be read.":                                                          "列出读取失败的文档。",
	"Show why one document could not be read.":                                                            "查看一份文档为何读取失败。",
	"Try documents again.":                                                                                "重试文档。",

	"Folder that keeps originals, records, queue and index.":                                          "存放原始文件、记录、队列和索引的目录。",
	"Use this NATS server instead of the one inside (nats://host:4222). It must have JetStream.":      "改用此 NATS 服务器（nats://主机:4222），须启用 JetStream。",
	"Credentials file for that server.":                                                               "该服务器的凭据文件。",
	"Let other programs connect to the NATS server inside, at host:port; else nobody can.":            "让其他程序可在 主机:端口 连接内置 NATS 服务器；默认不可连接。",
	"Documents read at the same time; 0 takes one a processor.":                                       "同时读取的文档数；0 表示每个处理器一份。",
	"Longest time for reading one document.":                                                          "读取一份文档的最长时间。",
	"Refuse larger documents, as 200MB; 0 takes the limit of each format.":                            "拒绝更大的文档，如 200MB；0 表示用各格式自己的上限。",
	"Most memory of a process that parses PDF.":                                                       "解析 PDF 的进程的内存上限。",
	"Read PDF with this engine only: pdfium or ledongthuc.":                                           "只用此引擎读 PDF：pdfium 或 ledongthuc。",
	"Folder for the compiled PDF engine; else the user's cache folder.":                               "存放已编译 PDF 引擎的目录；默认为用户缓存目录。",
	"On stopping, wait this long for documents in work.":                                              "停止时等待处理中文档的时间。",
	"File with these settings; ./jixiao.yaml is read if it is there.":                                 "配置文件；若有 ./jixiao.yaml 则自动读取。",
	"Language of help and messages.":                                                                  "帮助和提示的语言。",
	"Let serve and worker tell how they are doing at host:port: /livez, /readyz, /version, /metrics.": "serve 和 worker 在 主机:端口 报告自身状况：/livez、/readyz、/version、/metrics。",
	"Form of the log of serve and worker, and of --verbose.":                                          "serve、worker 及 --verbose 的日志格式：文本（text）或每行一个 JSON（json）。",
	"Log every step to standard error.":                                                               "把每一步写入标准错误。",
	"Show help.":                                                                                      "显示帮助。",

	"Files or folders.":                     "文件或目录。",
	"Print JSON; this command always does.": "输出 JSON；本命令总是如此。",
	"One object a line: source, text, and pages with lines, paragraphs and tables.":                                      "每行一个对象：来源、文字，以及各页的行、段落和表格。",
	"Files and folders; - reads their names from standard input, one a line, or as find -print0 writes them.":            "文件和目录；- 表示从标准输入逐行（或按 find -print0 的格式）读取名称。",
	"Name of this import, for list --batch and remove --batch.":                                                          "本次导入的批次名，供 list --batch 和 remove --batch 使用。",
	"Print the reconciliation as one JSON object.":                                                                       "以一个 JSON 对象输出对账结果。",
	"What to look for; without it the filters alone decide.":                                                             "要找的内容；不写则只按筛选条件。",
	"What a hit is: reports, problems, measures, or all items.":                                                          "检索对象：reports 报告，problems 问题，measures 措施，all 全部条目。",
	"Also count the hits by a key, or by two: year×unit.":                                                                "同时按一个或两个字段统计，如 year×unit。",
	"Print the answer as one JSON object.":                                                                               "以一个 JSON 对象输出结果。",
	"Year or years: 2021, 2019..2021, 2019,2021.":                                                                        "年度：2021、2019..2021、2019,2021。",
	"Reporting unit, or a part of its name; several may be given.":                                                       "填报单位或其名称的一部分，可给多个。",
	"Administrative division.":                                                                                           "行政区划。",
	"整体, 项目 or 政策.":                                                                                                      "整体、项目或政策。",
	"优, 良, 中 or 差.":                                                                                                      "优、良、中或差。",
	"Score: 90..95, 90.., ..60.":                                                                                         "得分：90..95、90..、..60。",
	"Any key or its Chinese label, as 'expenditure.total>=1000万' or '预算执行率<80%'; all must hold.":                         "任意字段键或中文名，如 'expenditure.total>=1000万' 或 '预算执行率<80%'；须全部满足。",
	"read, partly_read, needs_ocr, not_a_report, failed, arrived, extracted.":                                            "状态：read、partly_read、needs_ocr、not_a_report、failed、arrived、extracted。",
	"Name of an import.":                                                                                                 "导入批次名。",
	"Order by a key; -KEY (write --sort=-score) is largest first.":                                                       "按字段排序；-键（写作 --sort=-score）表示从大到小。",
	"At most this many, from 1; without it search shows 10, list and export all.":                                        "最多输出的条数，至少为 1；不写时 search 显示 10 条，list 和 export 全部输出。",
	"Leave out this many first.":                                                                                         "先略过的条数。",
	"Only reports that look the same: equal unit, year, scope and project, different bytes. No group is cut by --limit.": "只列看似重复的报告：单位、年度、范围和项目相同而内容不同；--limit 不会截断一组。",
	"Print one JSON object a document.":                                                                                  "每份文档输出一个 JSON 对象。",
	"Id of the document, or enough of its beginning.":                                                                    "文档编号，或足以区分的开头几位。",
	"Ids of documents, or enough of their beginnings.":                                                                   "文档编号，或足以区分的开头几位，可给多个。",
	"Also print the outline.":                                                                                            "同时输出章节结构。",
	"Print all of it as one JSON object.":                                                                                "以一个 JSON 对象输出全部内容。",
	"Write to this new file instead of standard output; - is standard output.":                                           "写入这个新文件，而不是标准输出；- 即标准输出。",
	"CSV (UTF-8 with BOM, as spreadsheets like it) or JSON Lines.":                                                       "CSV（带 BOM 的 UTF-8，便于电子表格打开）或 JSON Lines。",
	"One row a value, with the words it was read from; else one row a report.":                                           "每个值一行并附原文；否则每份报告一行。",
	"Chinese labels in the head of a CSV instead of keys.":                                                               "CSV 表头用中文名而不是字段键。",
	"The same as --format jsonl.":                                                                                        "等同于 --format jsonl。",
	"Take this import back: its names, and the documents that have no other.":                                            "撤回这次导入：其文件名，以及没有其他来源的文档。",
	"Do not ask.": "不再询问。",
	"Print the ids that are gone as a JSON object.":     "以 JSON 对象输出已删除的编号。",
	"Print the counts as one JSON object.":              "以一个 JSON 对象输出统计。",
	"Print it as one JSON object.":                      "以一个 JSON 对象输出。",
	"All on the list.":                                  "列表中的全部文档。",
	"Print the counts and failures as one JSON object.": "以一个 JSON 对象输出统计和失败原因。",
	"Print the count as one JSON object.":               "以一个 JSON 对象输出数量。",
	"Print the versions as one JSON object.":            "以一个 JSON 对象输出版本。",
}

// zhHelp are the long help texts of commands.
var zhHelp = map[string]string{
	appHelp: `jixiao 批量读取绩效自评报告：单位、年度、人数、金额、得分、问题和措施，每个值都附原文出处，并可检索。

从这里开始：
  jixiao import 目录           读入目录中的全部报告
  jixiao list                 查看读出的内容
  jixiao search 预算编制       在报告、问题和措施中检索`,
	extractHelp: `按参数顺序每行输出一个 JSON 对象：读出的每个值及其原文。失败的文档也占一行（含 "error"），
其余照常进行，退出码为 3。不保存任何内容。

示例：
  jixiao extract 报告.txt
  jixiao extract 2023/ > records.jsonl
  jixiao extract --engine ledongthuc 报告.pdf`,
	textHelp: `即 jixiao extract 各偏移量所指的文字。加 --json 时另给出每行、每段、每个单元格的位置：
文字中的字节偏移（含起不含止），以及从左上角起算的 PDF 点坐标。

示例：
  jixiao text 报告.pdf
  jixiao text --json 报告.pdf | jq '.pages[0].tables'`,
	importHelp: `目录会连同其中全部内容读入。跳过：隐藏文件、办公软件的 ~$… 临时文件、链接、数据目录本身，以及目录中从扩展名看
既不是报告也不是压缩包的文件；直接点名的文件总会尝试。内容相同即同一份文档，不论有几个名字：
再次导入同一目录不会有任何变化。

Ctrl-C 会在手头文档处理完后停止，再按一次立即停止；再次运行同一命令即可继续。
jixiao serve 占用数据目录时由它读取，本命令只提交，已提交的由它处理完。结束时逐个对账：
  共计 = 新增 + 已有 + 失败 + 跳过 + 未完成
中断时尚未轮到的文件不计入共计。

示例：
  jixiao import 2021/ 2022/ 汇总.pdf
  find . -name '*自评*' | jixiao import -
  jixiao import --batch 某县2023 --json 报告/`,
	searchHelp: `查询写法：
  预算编制                 连续出现的这几个字
  预算 固定资产            同时出现，也可写 预算 AND 固定资产
  预算 OR 决算             至少出现一个
  预算 NOT 公务接待        有前者而无后者，也可写 预算 -公务接待
  (预算 OR 决算) 公开      用括号分组
  "三公"                   只按原词，不找同义词
  unit:财政局 自评得分:>=90    字段键或中文名；可写名称的一部分、数值或区间 a..b
  problems:进度            在问题、措施、项目、指标或标题中查找
繁体字、全角字母和数字按其通行写法查找。

示例：
  jixiao search 预算编制
  jixiao search 预算执行率 --in problems --year 2019..2021
  jixiao search --where 'expenditure.total>=1000万' --sort=-score --limit 20
  jixiao search 固定资产 --facet year --facet unit`,
	listHelp: `金额单位为万元。空格表示报告未写明该值，或未能读出；用 jixiao show 编号 可查看原因。

示例：
  jixiao list
  jixiao list --year 2021 --where '三公经费>10万' --sort=-expenditure.three_public
  jixiao list --duplicates
  jixiao list --state failed --json`,
	showHelp: `列出每个值及其页码和原文，然后是可疑之处（疑点）以及没有读出的内容和原因。

示例：
  jixiao show 3fa9
  jixiao show 3fa9c2d1 --sections
  jixiao show 3fa9 --json | jq '.record.fields[] | select(.key=="score")'`,
	origHelp: `示例：
  jixiao original 3fa9 -o 报告.pdf
  jixiao original 3fa9 | sha256sum`,
	exportHelp: `金额单位为元，精确值。会被电子表格当作公式的文字（以 = + - @ 开头）前面加 '；数字保持为数字。

示例：
  jixiao export -o 报告.csv
  jixiao export --long --year 2021 --format jsonl | jq 'select(.review)'
  jixiao export --labels --where '自评得分<90' -o 低分.csv`,
	removeHelp: `删除所保存的原始文件、记录和索引条目。导入时的源文件保持不动。
在终端上会先询问；其他场合须加 --yes。

示例：
  jixiao remove 3fa9 77b0
  jixiao remove --batch 某县2023 --yes`,
	failedHelp: `示例：
  jixiao failed list
  jixiao failed show 3fa9
  jixiao failed retry --all
  jixiao failed drop 3fa9`,
	serveHelp: `持续读取并索引到达的文档，直到用 Ctrl-C 或 SIGTERM 停止；停止时先完成手头的文档（--drain）。
服务器暂时不可用时会等待。同一台机器上可用 jixiao import 向它提交，
其他程序通过 NATS 提交（见 docs/nats.md）；--listen 允许它们连接内置服务器。
--http 报告自身状况（见 docs/operations.md）；日志写入标准错误。

示例：
  jixiao serve --listen 127.0.0.1:4222 --http 127.0.0.1:9464
  jixiao serve --nats nats://n1:4222,nats://n2:4222 --store nats`,
	workerHelp: `从 NATS 服务器领取工作，直到被停止。可有任意多个；读取文档的，以及以 --elastic 建立索引的，
不在本机保存任何内容。请先用 jixiao init 设置服务器。

示例：
  jixiao worker --stage extract --nats nats://n1:4222 --store nats
  jixiao worker --stage index --nats nats://n1:4222 --store nats --elastic https://e1:9200
  jixiao worker --stage index --nats nats://n1:4222 --store nats --data index-data`,
	initHelp: `在 NATS 服务器上创建流、消费者和存储桶，在 Elasticsearch（--elastic）中创建模板、索引和别名，
并更新与设置不同之处。再次运行不会有任何变化。

示例：
  jixiao init --nats nats://n1:4222 --store nats --elastic https://e1:9200 --elastic-ca ca.pem
  jixiao init --nats nats://n1:4222 --store nats --nats-replicas 3 --dry-run
  jixiao init --nats tls://n1:4222 --nats-creds admin.creds --nats-ca ca.pem`,
	doctorHelp: `查找未完成且没有消息在等待的文档，以及不会再投递的消息，并把已完成的文档与索引相比较。
退出码 3 表示找到而未处理。

示例：
  jixiao doctor --mend`,
	reindexHelp: `记录是依据，索引只是其视图：本命令在旧索引旁新建索引，完成后替换。使用 --elastic 时，
检索和新到文档不受影响，旧索引会保留到 --drop-old 为止。
NATS 服务器记着索引在哪里；--move 改用新索引，旧索引的工作进程随之结束，
请用新选项重新启动。

示例：
  jixiao reindex
  jixiao reindex --nats nats://n1:4222 --store nats --elastic https://e1:9200
  jixiao reindex --nats nats://n1:4222 --store nats --elastic https://e1:9200 --move
  jixiao reindex --elastic https://e1:9200 --drop-old`,
}
