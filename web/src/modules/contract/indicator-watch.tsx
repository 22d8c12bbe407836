import { contractApi } from '@tongmai/api/contract'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { BedWatch } from './bed-watch.tsx'
import { GroupRules } from './group-rules.tsx'
import { IndicatorTable } from './indicator-compare.tsx'
import { PeriodFields, periodSearch, usePeriod } from './indicator-period.tsx'
import { contractWords } from './words.ts'

const search = z.object(periodSearch)

/** The communities of an alliance or a region side by side, counts only. */
export function IndicatorWatch() {
  const t = useWords(contractWords)
  const [asked, setSearch] = useSearch(search)
  const period = usePeriod(asked)
  const read = useRead(contractApi.watchIndicators, { query: period }, { keepPrevious: true })
  return (
    <Page title={t('indicator.watch')} hint={t('indicator.watch-hint')}>
      <div className="tm-row tm-no-print" style={{ flexWrap: 'wrap', marginBottom: 12 }}>
        <PeriodFields value={period} onChange={(next) => setSearch(next)} />
      </div>
      <Loaded read={read}>{(rows) => <IndicatorTable rows={rows} period={period} />}</Loaded>
      <BedWatch period={period} />
      <GroupRules />
    </Page>
  )
}
