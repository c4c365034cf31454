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


def check(case):
    wrong = []
    with open(os.path.join(case, 'source.txt'), encoding='utf-8') as f:
        source = f.read()
    with open(os.path.join(case, 'expected.json'), encoding='utf-8') as f:
        gold = json.load(f)
    whole, flowing = bodies(source)
    plain = re.sub(r'(?<=\d)[,，](?=\d)', '', whole)
    # Digits once more with blanks kept, so that cells parted by blanks or tabs stay apart.
    apart = re.sub(r'(?<=\d)[,，](?=\d{3})', '', unicodedata.normalize('NFKC', source))
    override = {o[0]: o[2] for o in gold.get('x_override', [])}
    for key, words in override.items():
        if squeeze(words) not in whole:
            wrong.append('x_override of %s: %r not in the source' % (key, words))

    def number(key, digits, money=False):
        if key in override:
            return
        if not any(stands(d, plain) or stands(d, apart) for d in (spellings(digits) if money else (digits,))):
            wrong.append('%s: %s not in the source' % (key, digits))

    def words(key, text):
        if not any(squeeze(text) in body for body in (whole, flowing)):
            wrong.append('%s: %r not in the source' % (key, text))

    for key, value in gold.items():
        if key in NOTES:
            continue
        if key not in KEYS:
            wrong.append('unknown key ' + key)
        elif key in gold.get('x_alt', {}):
            wrong.append('%s is both gold and x_alt' % key)
        elif key in MONEY:
            if not re.fullmatch(r'-?\d+\.\d{2,}', value):
                wrong.append('%s: %r is no sum in yuan' % (key, value))
            else:
                number(key, value, True)
        elif key in HEADS or key == 'year':
            if not isinstance(value, int):
                wrong.append('%s: %r is no integer' % (key, value))
            number(key, str(value))
        elif key in DECIMALS:
            number(key, value)
        elif key == 'scope':
            if value not in ('整体', '项目', '政策'):
                wrong.append('scope: %r' % value)
        elif key == 'grade':
            if value not in GRADES or not any(w in whole for w in GRADES[value]):
                wrong.append('grade: %r' % value)
        elif key == 'fill_date':
            if not re.fullmatch(r'\d{4}-\d{2}(-\d{2})?', value):
                wrong.append('fill_date: %r' % value)
            elif key not in override:
                if not re.search(r'(?<!\d)' + r'\D{1,2}0?'.join(p.lstrip('0') for p in value.split('-')) + r'(?!\d)', whole):
                    wrong.append('fill_date: %s not in the source' % value)
        elif key == 'notice_number':
            m = re.fullmatch(r'(.+)〔(\d{4})〕(\d+)号', value)
            if not m:
                wrong.append('notice_number: %r' % value)
            else:
                for part in m.groups():
                    if squeeze(part) not in whole:
                        wrong.append('notice_number: %r not in the source' % part)
        elif key == 'region':
            for part in re.findall(r'.+?(?:省|自治区|自治州|特别行政区|市|州|盟|地区|自治县|县|自治旗|旗|区)', value):
                words(key, re.sub(r'(?:省|市)$', '', part))
        elif key == 'unit':
            words(key, value)
        elif key in ('problems', 'measures'):
            for text in value:
                words(key, text)
                if MARKER.match(text) or text.endswith(('。', '；', ';')):
                    wrong.append('%s: marker or final stop in %r' % (key, text))
        else:
            for entry in value:
                for name, text in entry.items():
                    if name not in (PROJECT if key == 'projects' else INDICATOR):
                        wrong.append('%s: unknown field %s' % (key, name))
                    elif name in ('budget', 'executed'):
                        number(key, text, True)
                    elif name in ('rate', 'score', 'weight'):
                        number(key, text)
                    else:
                        words(key, text)
    for key in gold.get('x_alt', {}):
        if key not in KEYS:
            wrong.append('x_alt: unknown key ' + key)
    for key in ('x_tags', 'x_family'):
        if not gold.get(key):
            wrong.append('no ' + key)
    if re.search('[«»‹›]', source):
        wrong.append('stray marks in the source')
    return gold, wrong


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    counts, cases, bad = {}, Counter(), 0
    for half in ('open', 'closed'):
        counts[half] = Counter()
        folder = os.path.join(root, half)
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            gold, wrong = check(os.path.join(folder, name))
            cases[half] += 1
            counts[half].update(k for k in gold if k not in NOTES)
            for message in wrong:
                bad += 1
                print('%s/%s: %s' % (half, name, message))
    print('%-34s %5s %6s' % ('key', 'open', 'closed'))
    for key in ('cases',) + KEYS:
        row = [cases[h] if key == 'cases' else counts[h][key] for h in ('open', 'closed')]
        print('%-34s %5d %6d' % (key, *row))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
