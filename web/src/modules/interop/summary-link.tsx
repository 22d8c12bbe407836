import { To } from '../../kernel/route.tsx'
import { useWords } from '../../kernel/words.ts'
import { interopWords } from './words.ts'

/** The way from a record to what is given along to others. */
export function SummaryLink({ residentId }: { residentId: string }) {
  const t = useWords(interopWords)
  return <To to={`/residents/${residentId}/summary`}>{t('summary.title')}</To>
}
