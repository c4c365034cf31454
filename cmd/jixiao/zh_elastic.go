package main

// zhElastic is what is said about an Elasticsearch cluster that keeps the index.
var zhElastic = map[string]string{
	"Keep the index in this Elasticsearch cluster (https://host:9200) instead of the data folder; several nodes, separated by commas, are taken in turn.": "把索引存放在此 Elasticsearch 集群（https://主机:9200），而不是数据目录；可用逗号分隔多个节点，轮流使用。",
	"Certificates (PEM) of the authorities that may have signed that cluster's certificate.":                                                              "可签发该集群证书的机构的证书（PEM）。",
	"User there, with the password from JIXIAO_ELASTIC_PASSWORD or a file; an API key (JIXIAO_ELASTIC_API_KEY or a file) is the other way.":               "该集群的用户，密码取自 JIXIAO_ELASTIC_PASSWORD 或文件；也可改用 API 密钥（JIXIAO_ELASTIC_API_KEY 或文件）。",
	"File that holds the password of that user.":                                             "存有该用户密码的文件。",
	"File that holds the API key for that cluster.":                                          "存有该集群 API 密钥的文件。",
	"Name of the index there, and beginning of all names; else jixiao.":                      "那里的索引名称，也是所有名称的前缀；默认为 jixiao。",
	"Shards of an index that is made there; 0 makes one.":                                    "新建索引的分片数；0 表示一个。",
	"Copies of each shard; 0 has one as soon as there is a second node.":                     "每个分片的副本数；0 表示有第二个节点时一份。",
	"Build nothing; remove the indices that earlier runs have left in Elasticsearch.":        "不重建；删除以往重建在 Elasticsearch 中留下的旧索引。",
	"Let the NATS servers know that the index is to be the one of these flags from then on.": "让 NATS 服务器从此以这些选项所指的索引为准。",
	"Print what was done as one JSON object.":                                                "以一个 JSON 对象输出所做的事。",
	"Set NATS servers and Elasticsearch up, or show what differs.":                           "设置 NATS 服务器和 Elasticsearch，或显示差异。",

	"index %s is searched now":                               "现在检索的是索引 %s",
	"index %s is kept; jixiao reindex --drop-old removes it": "索引 %s 仍保留；jixiao reindex --drop-old 可删除",
	"index %s removed":                                       "已删除索引 %s",
	"no old index is kept":                                   "没有保留的旧索引",

	"write http://host:9200 or https://host:9200":                                                                         "请写 http://主机:9200 或 https://主机:9200",
	"use the newer program":                                                                                               "请使用较新的程序",
	"the fields cannot be changed in place: build a new index with `jixiao reindex`":                                      "字段无法就地更改：请用 jixiao reindex 新建索引",
	"choose another name for the index (--elastic-alias)":                                                                 "请为索引换一个名称（--elastic-alias）",
	"make it with `jixiao init`, or check its name (--elastic-alias)":                                                     "请用 jixiao init 建立，或检查名称（--elastic-alias）",
	"build a new one with `jixiao reindex`, or use the program that made it":                                              "请用 jixiao reindex 新建，或使用建立它的程序",
	"name the PEM file of the cluster's authority (--elastic-ca)":                                                         "请用 --elastic-ca 指定签发机构的证书文件（PEM）",
	"use the name that the certificate was made for, or renew it":                                                         "请使用证书上的名称，或更换证书",
	"write http:// in place of https://":                                                                                  "请把 https:// 写成 http://",
	"check the address and its port":                                                                                      "请检查地址和端口",
	"see that it runs and that the address is right; http and https are not the same":                                     "请检查 Elasticsearch 是否在运行、地址是否正确；注意 http 与 https 不同",
	"check the API key (JIXIAO_ELASTIC_API_KEY), or the user (--elastic-user) and the password (JIXIAO_ELASTIC_PASSWORD)": "请检查 API 密钥（JIXIAO_ELASTIC_API_KEY），或用户（--elastic-user）和密码（JIXIAO_ELASTIC_PASSWORD）",
	"give an API key (JIXIAO_ELASTIC_API_KEY), or a user (--elastic-user) with the password (JIXIAO_ELASTIC_PASSWORD)":    "请给出 API 密钥（JIXIAO_ELASTIC_API_KEY），或用户（--elastic-user）和密码（JIXIAO_ELASTIC_PASSWORD）",
	"make room on the cluster's disks":                                                                                    "请为集群的磁盘腾出空间",
	"docs/elasticsearch.md names the rights that the key needs":                                                           "密钥所需权限见 docs/elasticsearch.md",
	"ask for fewer words at a time":                                                                                       "请一次少查几个词",
	"the old index is still in use; run jixiao reindex again, it goes on with the new one":                                "旧索引仍在使用；请再次运行 jixiao reindex，它会继续完成新索引",
	"write the secret into the file, and nothing else":                                                                    "文件中只写密钥或密码本身",
	"give the same flags again, or bring this index up to date with jixiao reindex":                                       "请用同样的选项，或用 jixiao reindex 更新此索引",
	"give --nats URL, --elastic URL, or both":                                                                             "请给出 --nats 地址、--elastic 地址，或两者",
	"leave --drop-old out": "请去掉 --drop-old",
	"leave --move out":     "请去掉 --move",

	"--move is for an index that others look for on NATS servers (--nats)": "--move 只用于其他机器也要通过 NATS 服务器找到的索引（--nats）",

	"only an Elasticsearch cluster keeps old indices (--elastic)": "只有 Elasticsearch 集群会保留旧索引（--elastic）",
}
