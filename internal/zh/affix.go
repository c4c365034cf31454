package zh

import "strings"

// ContainsAny reports whether one of words stands in s. For long lists and long
// texts Words is quicker.
func ContainsAny(s string, words []string) bool {
	for _, w := range words {
		if Contains(s, w) {
			return true
		}
	}
	return false
}

// HasAnyPrefix reports whether s begins with one of words.
func HasAnyPrefix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// HasAnySuffix reports whether s ends with one of words.
func HasAnySuffix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}
