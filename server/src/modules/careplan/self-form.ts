import { type Form, isMeasured, type PlainTexts, type Question } from '@tongmai/api/careplan/form'

/** A number that no earlier answer asks for: not everybody has the device at home. */
const mayLackDevice = (q: Question): boolean => isMeasured(q) && (q.enableWhen ?? []).length === 0

/** How residents are asked a form. */
export interface Asking {
  /** What only an examiner can answer. */
  readonly leftOut: readonly string[]
  readonly plain: PlainTexts
}

/** The form as a resident is asked it: in plain words, without what is left out, and what is measured may stay empty. */
export const asSelfForm = (form: Form, { leftOut, plain }: Asking): Form => ({
  ...form,
  questionnaire: {
    ...form.questionnaire,
    item: form.questionnaire.item
      .filter((q) => !leftOut.includes(q.linkId))
      .map((q) => ({
        ...q,
        text: plain[q.linkId] ?? q.text,
        ...(mayLackDevice(q) ? { required: false } : {}),
      })),
  },
})
