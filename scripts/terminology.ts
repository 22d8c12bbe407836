import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pinyin } from 'pinyin-pro'

/**
 * Makes the shipped code tables from `code<tab>name` files: adds the syllables by which names are found, and packs
 * them. `node scripts/terminology.ts FOLDER`, where FOLDER holds icd10-cn.tsv and icd9cm3-cn.tsv.
 */
const target = join(import.meta.dirname, '../server/material/terminology')
const [folder = '.'] = process.argv.slice(2)

const syllablesOf = (name: string): string =>
  pinyin(name.normalize('NFKC').toLowerCase(), {
    toneType: 'none',
    type: 'array',
    v: true,
    nonZh: 'consecutive',
  })
    .map((part) => part.replaceAll(/[^a-z0-9]/g, ''))
    .filter(Boolean)
    .join(' ')

for (const name of ['icd10-cn', 'icd9cm3-cn']) {
  const rows = readFileSync(join(folder, `${name}.tsv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const lines = rows.map((row) => {
    const [code = '', text = ''] = row.trimEnd().split('\t')
    return [code, text, syllablesOf(text)].join('\t')
  })
  writeFileSync(join(target, `${name}.tsv.gz`), gzipSync(lines.join('\n'), { level: 9 }))
}
