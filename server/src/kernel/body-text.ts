import { isUtf8 } from 'node:buffer'
import { refuse } from './refusal.ts'

/** How China's systems write: UTF-8 as FHIR wants it, and the GB family, of which GB18030 is the whole. */
const charsets: Readonly<Record<string, 'utf-8' | 'gb18030'>> = {
  ...{ 'utf-8': 'utf-8', utf8: 'utf-8', 'us-ascii': 'utf-8', ascii: 'utf-8' },
  ...{ gb18030: 'gb18030', 'gb18030-2000': 'gb18030', gbk: 'gb18030', gb2312: 'gb18030', cp936: 'gb18030' },
}

const inHeader = /;\s*charset\s*=\s*"?([\w.:-]+)/i
/** `<?xml version="1.0" encoding="GB18030"?>`: ASCII in every encoding taken here. */
const inProlog = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/i

/** The charset that a body is declared to be in: by its media type, else (XML) by its first line. */
function declared(bytes: Buffer, mediaType: string): string | undefined {
  const said = inHeader.exec(mediaType)?.[1]
  if (said !== undefined || bytes[0] !== 0x3c) return said
  return inProlog.exec(bytes.toString('latin1', 0, 200))?.[1]
}

/**
 * The text of a body: never what its bytes do not say. 415 for a charset that is not read here, 400 where the bytes are not
 * in the one that is declared (UTF-8, where none is).
 */
export function bodyText(bytes: Buffer, mediaType = ''): string {
  const said = declared(bytes, mediaType)
  const name = (said ?? 'utf-8').toLowerCase()
  const charset = Object.hasOwn(charsets, name) ? charsets[name] : undefined
  if (!charset) return refuse('unsupported', 'kernel.media-type')
  if (charset === 'utf-8')
    return isUtf8(bytes) ? bytes.toString() : refuse('invalid', 'kernel.unreadable-text')
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return refuse('invalid', 'kernel.unreadable-text')
  }
}
