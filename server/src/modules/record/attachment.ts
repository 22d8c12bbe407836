import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { list, node, text } from './element.ts'

/** The address of a Binary, its id in brackets. */
export const BINARY = /^(?:.*\/)?Binary\/([A-Za-z0-9\-.]{1,64})$/

/** The files of a document, of a report or of a picture, as FHIR attaches them; none of any other resource. */
export function attachmentsOf(resource: Resource): readonly Json[] {
  const contents = list(resource.content)
  switch (resource.resourceType) {
    case 'DiagnosticReport':
      return list(resource.presentedForm)
    case 'DocumentReference':
      return contents.map((content) => node(content).attachment)
    case 'Media':
      return contents
    default:
      return []
  }
}

/** Whether bytes lie in it, or in a Binary that it points at. */
export const isHeld = (attachment: Json): boolean => {
  const { data, url } = node(attachment)
  return typeof data === 'string' || BINARY.test(text(url) ?? '')
}
