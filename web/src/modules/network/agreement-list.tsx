import { agreementStatus } from '@tongmai/api/network/agreement'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useWords } from '../../kernel/words.ts'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Page } from '../../ui/page.tsx'
import { AgreementTable } from './agreement-table.tsx'
import { AllianceSelect } from './alliance-select.tsx'
import { networkWords } from './words.ts'

const filterShape = z.object({ status: z.optional(agreementStatus), allianceId: z.optional(z.string()) })

/** Every agreement that the viewer's institution is party to, leads or oversees. */
export function AgreementList() {
  const t = useWords(networkWords)
  const [{ status, allianceId }, setFilter] = useSearch(filterShape)
  const filters = (
    <>
      <AllianceSelect value={allianceId} onChange={(next) => setFilter({ allianceId: next })} />
      <FilterSelect
        label={t('all-states')}
        width={140}
        value={status}
        keys={agreementStatus.options}
        word={(one) => t(`status.${one}`)}
        onChange={(next) => setFilter({ status: next })}
      />
    </>
  )
  return (
    <Page title={t('agreements')} hint={t('agreements.hint')}>
      <AgreementTable
        key={`${status} ${allianceId}`}
        status={status}
        filters={filters}
        onClear={() => setFilter({ status: undefined, allianceId: undefined })}
        {...(allianceId ? { allianceId } : {})}
      />
    </Page>
  )
}
