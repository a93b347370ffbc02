#!/bin/sh
# Makes the two fonts of this folder from Debian's `fonts-noto-core`; needs fonttools (pip install fonttools).
# FONTS: the folder of the Noto fonts. Run it inside this folder.
set -e
FONTS=${FONTS:-/usr/share/fonts/truetype/noto}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
# Latin with its extensions, Greek, Cyrillic with its supplement, punctuation, currencies.
MAIN="U+0020-007E,U+00A0-024F,U+0259,U+02BC,U+02C6-02C7,U+02D8-02DD,U+0300-0304,U+0306-030C,U+0326-0328"
MAIN="$MAIN,U+0370-03FF,U+0400-052F,U+1E80-1E85,U+1E9E,U+1EF2-1EF3,U+2010-2027,U+202F-2033,U+2039-203A,U+2044"
MAIN="$MAIN,U+20AC,U+20B4,U+20BD,U+20BE,U+2116,U+2122,U+2212,U+2215"
part() { pyftsubset "$FONTS/$1.ttf" --unicodes="$2" --no-hinting --output-file="$work/$3.ttf" --layout-features="$4" --drop-tables+=MATH; }
for weight in Regular Bold; do
  # No kerning: a text is then as wide as the sum of its letters, which is what the layout measures.
  part NotoSans-$weight "$MAIN" 1 ccmp,mark,mkmk,locl
  part NotoSansGeorgian-$weight "U+10D0-10FF,U+1C90-1CBF" 2 ""
  part NotoSansMath-Regular "U+2190-2195,U+21C4,U+2248,U+2260,U+2264,U+2265" 3 ""
  part NotoSansSymbols2-Regular "U+25A0-25A1,U+25B2,U+25BC,U+25CB,U+25CF,U+2713,U+2715" 4 ""
  pyftmerge "$work/1.ttf" "$work/2.ttf" "$work/3.ttf" "$work/4.ttf" --output-file=NotoSans-$weight-subset.ttf
done
