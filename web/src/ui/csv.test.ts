import { expect, test } from 'vitest'
import { toCsv } from './csv.ts'

test('a table opens in Excel with its Chinese intact', () => {
  expect(toCsv(['姓名'], [['王桂兰']])).toBe('\uFEFF姓名\r\n王桂兰\r\n')
})

test('quotes, commas and lines stay inside their cell', () => {
  expect(toCsv(['a'], [['他说"好",\n走了']])).toBe('\uFEFFa\r\n"他说""好"",\n走了"\r\n')
})

test('what a stranger typed does not run as a formula, and numbers stay numbers', () => {
  expect(toCsv(['a'], [['=1+1'], ['@x'], ['-3.5'], ['12%']])).toBe(
    "\uFEFFa\r\n'=1+1\r\n'@x\r\n-3.5\r\n12%\r\n",
  )
})
