import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'

/** Says that what was typed in an earlier visit is back, and lets begin anew: `<DraftNote form={form} />`. */
export function DraftNote({ form }: { form: { readonly restored: boolean; readonly discard: () => void } }) {
  const t = useWords(webWords)
  if (!form.restored) return null
  return (
    <p className="me-note">
      {t('form.restored')}
      <button type="button" className="tm-link" onClick={form.discard}>
        {t('form.discard')}
      </button>
    </p>
  )
}
