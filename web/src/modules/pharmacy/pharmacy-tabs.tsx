import { useGo } from '../../kernel/route.tsx'
import { useWords } from '../../kernel/words.ts'
import { Tally } from '../../ui/tally.tsx'
import { pharmacyWords } from './words.ts'

const pages = ['/formulary', '/formulary-gap', '/shortages'] as const

/** From the formulary to what is wanting in it, and to what is wanting now. */
export function PharmacyTabs({ at }: { at: (typeof pages)[number] }) {
  const t = useWords(pharmacyWords)
  const go = useGo()
  return (
    <div className="tm-no-print">
      <Tally
        label={t('title')}
        value={at}
        onChange={(next) => go(next)}
        tabs={pages.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
    </div>
  )
}
