// Package eval measures how well reports are read, against labelled ones.
//
// In reading order: a Case is a folder with a report and what a careful person
// read out of it; an Output is what a program read out of the same report; they
// are compared key by key by the rules of the corpus (equal and itemSimilarity)
// into a Report: precision, recall, F1, whether the evidence holds, whether
// values said at 0.9 are right nine times in ten, and every miss with the words
// and the rule that led to it.
//
// The counts n, emitted and tp are those of the labelled corpus's own
// score.py, for any output whatever; a differential test holds them against it.
package eval
