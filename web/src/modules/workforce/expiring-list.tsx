import { workforceApi } from '@tongmai/api/workforce'
import { Select } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { LicenceStateTag } from './licence-state.tsx'
import { workforceWords } from './words.ts'

const LIMIT = 20
const filterShape = z.object({
  days: z._default(z.coerce.number(), 30),
  offset: z._default(z.coerce.number(), 0),
})

/** Licences that have ended or end soon. */
export function ExpiringList() {
  const t = useWords(workforceWords)
  const [{ days, offset }, setFilter] = useSearch(filterShape)
  const query = { days, offset, limit: LIMIT }
  const read = useRead(workforceApi.listExpiring, { query }, { live: ['workforce'], keepPrevious: true })
  return (
    <Page title={t('expiring.title')} hint={t('expiring.hint', { days })}>
      <DataTable
        label={t('expiring.title')}
        columns={[
          { key: 'name', title: t('staff.name'), cell: (one) => <b>{one.name}</b>, text: (one) => one.name },
          {
            key: 'kind',
            title: t('licence.title'),
            cell: (one) => t(`licenceKind.${one.licence.kind}`),
            text: (one) => t(`licenceKind.${one.licence.kind}`),
          },
          { key: 'number', title: t('licence.number'), cell: (one) => <code>{one.licence.number}</code> },
          {
            key: 'until',
            title: t('staff.until'),
            cell: (one) => one.licence.until ?? '—',
            text: (one) => one.licence.until ?? '',
          },
          {
            key: 'state',
            title: t('staff.licence'),
            cell: (one) => <LicenceStateTag state={one.licence.state} />,
            text: (one) => t(`status.${one.licence.state}`),
          },
        ]}
        read={read}
        keyOf={(one) => one.licence.id}
        rowTo={(one) => `/practitioners/${one.practitionerId}`}
        rowTone={(one) => (one.licence.state === 'expired' ? 'bad' : undefined)}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <Select
            aria-label={t('expiring.title')}
            value={days}
            options={[30, 60, 90, 180, 365].map((value) => ({
              value,
              label: t('expiring.within', { days: value }),
            }))}
            onChange={(next) => setFilter({ days: next, offset: 0 })}
            style={{ width: 130 }}
          />
        }
        empty={<Nothing title={t('expiring.none')} />}
        readPage={(from, limit) => call(workforceApi.listExpiring, { query: { days, offset: from, limit } })}
      />
    </Page>
  )
}
