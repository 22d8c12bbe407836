import { expect, test } from 'vitest'
import { isWellFormed } from './narrative.ts'

const within = (inner: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`

test('a narrative is one div whose tags are closed where they belong', () => {
  for (const right of [
    within('<p>你好 &amp; &lt;b&gt; &nbsp;&#160;&#xA0; <b class="a" title=\'b\'>x</b><br/><hr /></p>'),
    within('<!-- 注 --><![CDATA[ a < b & c ]]><table><tr><td/></tr></table>'),
    within(''),
    '<div/>',
    '  <div\n lang="zh" >文</div >\n',
  ])
    expect([right, isWellFormed(right)]).toEqual([right, true])
})

test('what an XML reader would stumble over is none', () => {
  for (const wrong of [
    ...['', 'text', '<divx/>', '<p>x</p>', within('x') + within('y'), `${within('x')}<p>more</p>`],
    ...[`${within('x')} more`, `<!-- a -->${within('x')}`],
    ...[within('<p>open'), within('</p>'), within('<b><i></b></i>'), within('<br>'), '<div>'],
    ...[within('a & b'), within('<a href="?a=1&b=2">x</a>'), within('a < b'), within('&;'), within('&#x;')],
    ...[within('<p class=a>x</p>'), within('<p a="1" a="2">x</p>'), within('<p "x">y</p>')],
    ...[within('<!-- a -- b -->'), within('<?xml version="1.0"?>'), within('<![CDATA[ x')],
  ])
    expect([wrong, isWellFormed(wrong)]).toEqual([wrong, false])
})

test('a long one is judged at once', () => {
  const begun = performance.now()
  expect(isWellFormed(within('<p>x</p>'.repeat(60_000)))).toBe(true)
  expect(isWellFormed(`<div ${' '.repeat(200_000)}`)).toBe(false)
  expect(isWellFormed(within('<'.repeat(100_000)))).toBe(false)
  expect(performance.now() - begun).toBeLessThan(2_000)
})
