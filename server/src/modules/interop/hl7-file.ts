import type { Json } from '../../kernel/resource/owner.ts'
import { at, repetitions, type Segment, wholeText } from './hl7-message.ts'
import { said, Wrong } from './hl7-value.ts'

/** The media type by the subtype that a sender names (HL7 table 0291, and what is written in its place). */
const medias: Readonly<Record<string, string>> = {
  ...{ pdf: 'application/pdf', rtf: 'application/rtf', xml: 'application/xml', html: 'text/html' },
  ...{ jpeg: 'image/jpeg', jpg: 'image/jpeg', png: 'image/png', gif: 'image/gif', tiff: 'image/tiff' },
  ...{ txt: 'text/plain', text: 'text/plain', plain: 'text/plain', dicom: 'application/dicom' },
  'x-hl7-cda-level-one': 'application/hl7-cda+xml',
}
const roots = new Set(['application', 'audio', 'image', 'text', 'video'])

function mediaOf(type: string, subtype: string, bytes?: Buffer): string {
  const [root, sub] = [type.toLowerCase(), subtype.toLowerCase()]
  const known = Object.hasOwn(medias, sub) ? medias[sub] : undefined
  if (known) return known
  if (bytes?.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  return roots.has(root) && /^[\w.+-]+$/.test(sub) ? `${root}/${sub}` : 'application/octet-stream'
}

function bytesIn(encoding: string, data: string): Buffer {
  const packed = data.replace(/\s/g, '')
  if (/^base64$/i.test(encoding) && /^[A-Za-z0-9+/]+={0,2}$/.test(packed))
    return Buffer.from(packed, 'base64')
  if (/^hex$/i.test(encoding) && /^(?:[0-9A-Fa-f]{2})+$/.test(packed)) return Buffer.from(packed, 'hex')
  if (/^a?$/i.test(encoding) && data !== '') return Buffer.from(data)
  throw new Wrong('interop.bad-value', 'OBX-5', 'is no file')
}

/** Whether a result is a file (ED) or says where one lies (RP), by OBX-2. */
export const isFile = (obx: Segment): boolean => /^(ED|RP)$/i.test(at(obx, 2))

/** What OBX-5 holds, or where it points, as FHIR attaches it; undefined where it is empty. */
export function attachmentIn(obx: Segment): { [key: string]: Json } | undefined {
  if (repetitions(obx, 5).length === 0) return undefined
  const part = (number: number) => at(obx, 5, number)
  const title = at(obx, 3, 2) || wholeText(obx, 3) || undefined
  if (/^RP$/i.test(at(obx, 2))) {
    const url = part(1)
    if (!/^\S+$/.test(url)) throw new Wrong('interop.bad-value', 'OBX-5', 'is no address')
    return said({ contentType: mediaOf(part(3), part(4)), url, title })
  }
  const bytes = bytesIn(part(4), part(5))
  const data = bytes.toString('base64')
  return said({ contentType: mediaOf(part(2), part(3), bytes), data, size: bytes.length, title })
}
