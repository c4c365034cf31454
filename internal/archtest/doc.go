// Package archtest holds tests of the repository itself: which package may
// import which, and that nothing in it speaks of the machine it was written on.
package archtest
