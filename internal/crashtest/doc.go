// Package crashtest kills the real program in the middle of its work and looks
// whether anything is lost, doubled or miscounted. Its test runs in a short form
// by default; JIXIAO_TEST_LONG=1 makes it 2,000 reports.
package crashtest
