/** A tag with its attributes, a comment, characters as they are; or a `<` that begins none of these. */
const markup =
  /<!--(?:(?!--)[\s\S])*-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g
const attributeName = /([\w:.-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g
const strayAmpersand = /&(?!(?:#\d+|#x[\da-f]+|[a-z]\w*);)/i

/**
 * Whether a narrative is one whole `div` in which every tag that opens is closed in its place, as XHTML is: else an
 * answer in XML that holds it could be read by nobody. Which tags it uses is not looked at.
 */
export function isWellFormed(text: string): boolean {
  const div = text.trim()
  if (!/^<div[\s/>]/.test(div)) return false
  const open: string[] = []
  let plain = ''
  let at = 0
  for (const tag of div.matchAll(markup)) {
    const [whole, , , attributes = ''] = tag
    const isAfterTheEnd = at > 0 && open.length === 0
    if (isAfterTheEnd || !takes(open, tag)) return false
    plain += `${div.slice(at, tag.index)}${attributes}`
    at = tag.index + whole.length
  }
  return at === div.length && open.length === 0 && !strayAmpersand.test(plain)
}

/** Opens or closes what the tag says; false where it may not stand here. */
function takes(open: string[], [whole, slash, name, attributes = '', end]: RegExpMatchArray): boolean {
  if (name === undefined) return whole !== '<'
  if (slash) return !end && attributes === '' && open.pop() === name
  if (!end) open.push(name)
  return !saysTwice(attributes)
}

function saysTwice(attributes: string): boolean {
  const names = [...attributes.matchAll(attributeName)].map(([, name]) => name)
  return new Set(names).size < names.length
}
