import { useGo } from '../../kernel/route.tsx'
import { useWords } from '../../kernel/words.ts'
import { Tally } from '../../ui/tally.tsx'
import { benefitWords } from './words.ts'

const pages = ['/insurance-rules', '/entitlement-rules', '/diagnosis-groups', '/benefit-changes'] as const

/** From one kind of rule to the next, and to who changed what. */
export function RuleTabs({ at }: { at: (typeof pages)[number] }) {
  const t = useWords(benefitWords)
  const go = useGo()
  return (
    <div className="tm-no-print">
      <Tally
        label={t('rules.kinds')}
        value={at}
        onChange={(next) => go(next)}
        tabs={pages.map((key) => ({ key, label: t(`rules.tab.${key}`) }))}
      />
    </div>
  )
}
