#!/usr/bin/env python3
"""validate.py [DIR]: checks the gold of the blind cases against their sources and counts the keys.

For every case: the JSON is well formed, its keys are known, every text the gold states stands in the source
(whitespace and page marks ignored), every number has its digits there, no item keeps a marker or a final stop.
Exits 1 when anything is wrong. Standard library only."""
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from decimal import Decimal

HALVES = ('open', 'closed', 'open2', 'closed2', 'open3', 'closed3', 'open4', 'open5', 'closed4')
MONEY = ('revenue.total', 'revenue.fiscal', 'budget.initial', 'budget.adjusted', 'expenditure.total', 'expenditure.basic',
         'expenditure.project', 'expenditure.three_public', 'carryover')
HEADS = tuple('headcount.authorized.' + x for x in ('total', 'admin', 'institution', 'logistics')) + \
    tuple('headcount.actual.' + x for x in ('total', 'admin', 'institution', 'logistics', 'contract', 'retired'))
TEXTS = ('unit', 'scope', 'region', 'fill_date', 'notice_number', 'grade')
DECIMALS = ('execution_rate', 'score', 'score_full')
LISTS = ('problems', 'measures', 'projects', 'indicators')
KEYS = ('year',) + TEXTS + HEADS + MONEY + DECIMALS + LISTS
NOTES = ('x_alt', 'x_tags', 'x_family', 'x_override')
PROJECT = ('name', 'budget', 'executed', 'rate', 'score')
INDICATOR = ('level1', 'level2', 'level3', 'weight', 'score')
# A line that is only a page mark: 3, - 3 -, — 3 —, 第3页, 第 3 页 共 9 页, 3 / 9.
PAGE = re.compile(r'^\s*(?:[-—–·]*\s*\d{1,3}\s*[-—–·]*|第\s*\d+\s*页(?:\s*[,，]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+)\s*$')
MARKER = re.compile(r'^(?:[一二三四五六七八九十]+[是、]|[（(]?\d{1,2}[)）.、．](?!\d)|[（(][一二三四五六七八九十]+[)）]|[①-⑳]|首先|其次|第[一二三四五][,，、])')
DIVISION = re.compile(r'.+?(?:省|自治区|自治州|特别行政区|市|州|盟|地区|自治县|县|自治旗|旗|区)')
# What stands before a grade: a label, a tick, a quotation mark, the edge of a cell.
BEFORE_GRADE = r'(?:等级|等次|等第|评为|级别|档次|次|列|为|属|评|结论|\d分?|[☑√R]|[“"|：:，,])\W{0,3}'
GRADES = {'优': ('优', '優'), '良': ('良',), '中': ('中', '一般'), '差': ('差',)}


def squeeze(text):
    return re.sub(r'\s+', '', unicodedata.normalize('NFKC', text))


def bodies(source):
    """The source as a stream of characters, with and without its page marks."""
    kept = [line for line in source.split('\n') if not PAGE.match(line)]
    return squeeze(source), squeeze('\n'.join(kept))


def spellings(yuan):
    """The digits a sum can be written with in 元, 千元, 万元, 百万元 and 亿元."""
    for exponent in (0, 3, 4, 6, 8):
        text = format(Decimal(yuan).scaleb(-exponent), 'f')
        yield text.rstrip('0').rstrip('.') if '.' in text else text


def stands(digits, text):
    """digits stand in text as a number of their own, trailing zeros after the point ignored."""
    if '.' in digits:
        digits = digits.rstrip('0').rstrip('.')
    tail = r'0*(?!\d)' if '.' in digits else r'(?:\.0+)?(?!\.?\d)'
    return re.search(r'(?<![\d.])' + re.escape(digits) + tail, text) is not None


class Case:
    """One folder: its source in the shapes that the checks need, its gold, and what is wrong with it."""

    def __init__(self, folder):
        with open(os.path.join(folder, 'source.txt'), encoding='utf-8') as f:
            self.source = f.read()
        with open(os.path.join(folder, 'expected.json'), encoding='utf-8') as f:
            self.gold = json.load(f)
        self.whole, self.flowing = bodies(self.source)
        self.plain = re.sub(r'(?<=\d)[,，](?=\d)', '', self.whole)
        # Once more with blanks kept, so that figures of neighbouring cells stay apart.
        self.apart = re.sub(r'(?<=\d)[,，](?=\d{3})', '', unicodedata.normalize('NFKC', self.source))
        # And with thousands parted by blanks joined (1 420 000.00).
        self.grouped = re.sub(r'(?<=\d) (?=\d{3}(?:[ .]|$))', '', self.apart)
        self.override = {o[0]: o[2] for o in self.gold.get('x_override', [])}
        self.wrong = []

    def complain(self, key, text):
        self.wrong.append('%s: %s' % (key, text))

    def number(self, key, digits, money=False):
        spelt = spellings(digits) if money else (digits,)
        shapes = (self.plain, self.apart, self.grouped)
        if key not in self.override and not any(stands(d, text) for d in spelt for text in shapes):
            self.complain(key, '%s not in the source' % digits)

    def words(self, key, text):
        if squeeze(text) not in self.whole and squeeze(text) not in self.flowing:
            self.complain(key, '%r not in the source' % text)

    def scalar(self, key, value):
        if key in MONEY:
            if not re.fullmatch(r'-?\d+\.\d{2,}', value):
                self.complain(key, '%r is no sum in yuan' % value)
            else:
                self.number(key, value, money=True)
        elif key in HEADS or key == 'year':
            if not isinstance(value, int):
                self.complain(key, '%r is no integer' % value)
            self.number(key, str(value))
        elif key in DECIMALS:
            self.number(key, value)
        else:
            getattr(self, key)(key, value)

    def scope(self, key, value):
        if value not in ('整体', '项目', '政策'):
            self.complain(key, repr(value))

    def grade(self, key, value):
        if not any(re.search(BEFORE_GRADE + w, self.whole) for w in GRADES.get(value, ())):
            self.complain(key, repr(value))

    def fill_date(self, key, value):
        parts = r'\D{1,2}0?'.join(p.lstrip('0') for p in value.split('-'))
        if not re.fullmatch(r'\d{4}-\d{2}(-\d{2})?', value):
            self.complain(key, '%r is no date' % value)
        elif key not in self.override and not re.search(r'(?<!\d)' + parts + r'(?!\d)', self.whole):
            self.complain(key, '%s not in the source' % value)

    def notice_number(self, key, value):
        parts = re.fullmatch(r'(.+)〔(\d{4})〕(\d+)号', value)
        if not parts:
            self.complain(key, repr(value))
        elif not re.search(r'%s\D?%s\D?%s号' % (re.escape(squeeze(parts[1])), parts[2], parts[3]), self.flowing):
            self.complain(key, '%s not in the source' % value)

    def region(self, key, value):
        for part in DIVISION.findall(value):
            self.words(key, re.sub('[省市]$', '', part))

    def unit(self, key, value):
        self.words(key, value)

    def items(self, key, values):
        for text in values:
            self.words(key, text)
            if MARKER.match(text) or text.endswith(('。', '；', ';')):
                self.complain(key, 'marker or final stop in %r' % text)

    def rows(self, key, values):
        fields = PROJECT if key == 'projects' else INDICATOR
        for row in values:
            for name, text in row.items():
                if name not in fields:
                    self.complain(key, 'unknown field ' + name)
                elif name in ('budget', 'executed'):
                    self.number(key, text, money=True)
                elif name in ('rate', 'score', 'weight'):
                    self.number(key, text)
                else:
                    self.words(key, text)

    def notes(self):
        for key in self.gold.get('x_alt', {}):
            if key not in KEYS:
                self.complain('x_alt', 'unknown key ' + key)
        for key, words in self.override.items():
            self.words('x_override of ' + key, words)
        for key in ('x_tags', 'x_family'):
            if not self.gold.get(key):
                self.complain(key, 'missing')

    def check(self):
        for key, value in self.gold.items():
            if key in NOTES:
                continue
            if key not in KEYS:
                self.complain(key, 'unknown key')
            elif key in self.gold.get('x_alt', {}):
                self.complain(key, 'both gold and x_alt')
            elif key in ('problems', 'measures'):
                self.items(key, value)
            elif key in LISTS:
                self.rows(key, value)
            else:
                self.scalar(key, value)
        self.notes()
        return self.wrong


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    counts, cases, bad = {}, Counter(), 0
    for half in HALVES:
        counts[half] = Counter()
        folder = os.path.join(root, half)
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            case = Case(os.path.join(folder, name))
            cases[half] += 1
            counts[half].update(k for k in case.gold if k not in NOTES)
            for message in case.check():
                bad += 1
                print('%s/%s: %s' % (half, name, message))
    print('%-34s' % 'key', *('%7s' % h for h in HALVES))
    for key in ('cases',) + KEYS:
        row = [cases[h] if key == 'cases' else counts[h][key] for h in HALVES]
        print('%-34s' % key, *('%7d' % n for n in row))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
