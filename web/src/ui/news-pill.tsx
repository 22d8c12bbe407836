import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

/** Says that a held list has news; taking them is the person's choice. */
export function NewsPill({ count, onAccept }: { count: number; onAccept: () => void }) {
  const t = useWords(webWords)
  return (
    <div className="tm-pill-place" aria-live="polite">
      {count > 0 && (
        <button type="button" className="tm-pill" onClick={onAccept}>
          {t('live.news', { count })}
        </button>
      )}
    </div>
  )
}
