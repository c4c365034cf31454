package elastic_test

import (
	"testing"

	"jixiao/pipeline/index"
	"jixiao/pipeline/index/elastic/elastictest"
	"jixiao/pipeline/index/indextest"
)

func TestExam(t *testing.T) {
	elastictest.Address(t)
	indextest.Run(t, func(t *testing.T) index.Backend { return open(t, options(t)) })
}
