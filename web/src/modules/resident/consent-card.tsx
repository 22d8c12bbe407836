import { residentApi } from '@tongmai/api/resident'
import type { Consent } from '@tongmai/api/resident/consent'
import { Button } from 'antd'
import { useGo } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { consentState } from './consent-state.ts'
import { residentWords } from './words.ts'

/** What a resident has agreed to; each opens its sheet and history. */
export function ConsentCard({ residentId }: { residentId: string }) {
  const t = useWords(residentWords)
  const may = useMay()
  const go = useGo()
  const { moment, day, now } = useDates()
  const live = { live: [`resident:${residentId}`] }
  const read = useRead(residentApi.listConsents, { params: { id: residentId } }, live)
  const scope = (one: Consent) =>
    [t(`depth.${one.depth}`), ...one.categories.map((category) => t(`category.${category}`))].join('、')
  const state = (one: Consent) => {
    const is = consentState(one, now)
    return <StateTag tone={is === 'active' ? 'good' : 'note'}>{t(`consent.${is}`)}</StateTag>
  }
  const record = may('resident.register') && (
    <Button size="small" onClick={() => go(`/residents/${residentId}/consents/new`)}>
      {t('consent.new-act')}
    </Button>
  )
  return (
    <Card title={t('consent.title')} extra={record} flush={(read.data?.length ?? 0) > 0}>
      <Loaded read={read} rows={1}>
        {(consents) =>
          consents.length === 0 ? (
            <p className="tm-quiet">{t('consent.none')}</p>
          ) : (
            <Table
              label={t('consent.title')}
              rows={consents}
              keyOf={({ id }) => id}
              rowTo={({ id }) => `/consents/${id}`}
              columns={[
                { key: 'whom', title: t('consent.whom'), cell: (one) => one.institution },
                { key: 'purpose', title: t('consent.purpose'), cell: (one) => t(`purpose.${one.purpose}`) },
                { key: 'scope', title: t('consent.scope'), cell: scope },
                {
                  key: 'until',
                  title: t('consent.until'),
                  short: true,
                  cell: (one) => (one.until ? day(one.until) : t('consent.open')),
                },
                {
                  key: 'signed',
                  title: t('consent.signed'),
                  cell: (one) => `${t(`signed.${one.signed}`)} ${moment(one.since)}`,
                },
                { key: 'state', title: t('consent.state'), cell: state },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  )
}
