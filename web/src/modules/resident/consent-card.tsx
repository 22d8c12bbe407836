import { residentApi } from '@tongmai/api/resident'
import type { Consent } from '@tongmai/api/resident/consent'
import { Button } from 'antd'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { residentWords } from './words.ts'

/** What a resident has agreed to, and taking it back for them where they ask. */
export function ConsentCard({ residentId }: { residentId: string }) {
  const t = useWords(residentWords)
  const tell = useTell()
  const may = useMay()
  const confirm = useConfirm()
  const { moment, day } = useDates()
  const live = { live: [`resident:${residentId}`] }
  const read = useRead(residentApi.listConsents, { params: { id: residentId } }, live)
  const withdraw = useWrite(residentApi.withdrawConsent, {
    touches: ['resident'],
    onDone: () => tell(t('consent.withdrawn-now')),
  })
  const take = (one: Consent) =>
    confirm({
      label: t('consent.withdraw'),
      confirm: t('consent.withdraw-hint', { institution: one.institution }),
      danger: true,
      run: () => withdraw.mutate({ params: { id: one.id }, body: { reason: t('consent.asked') } }),
    })
  const scope = (one: Consent) =>
    [t(`depth.${one.depth}`), ...one.categories.map((category) => t(`category.${category}`))].join('、')
  const state = (one: Consent) =>
    one.state === 'active' && may('resident.register') ? (
      <Button size="small" danger onClick={() => take(one)}>
        {t('consent.withdraw')}
      </Button>
    ) : (
      <StateTag tone={one.state === 'active' ? 'good' : 'note'}>{t(`consent.${one.state}`)}</StateTag>
    )
  return (
    <Card title={t('consent.title')} flush={(read.data?.length ?? 0) > 0}>
      <RefusalNote refused={withdraw.error} />
      <Loaded read={read} rows={1}>
        {(consents) =>
          consents.length === 0 ? (
            <p className="tm-quiet">{t('consent.none')}</p>
          ) : (
            <Table
              label={t('consent.title')}
              rows={consents}
              keyOf={({ id }) => id}
              columns={[
                { key: 'whom', title: t('consent.whom'), cell: (one) => one.institution },
                { key: 'purpose', title: t('consent.purpose'), cell: (one) => t(`purpose.${one.purpose}`) },
                { key: 'scope', title: t('consent.scope'), cell: scope },
                {
                  key: 'until',
                  title: t('consent.until'),
                  cell: (one) => (one.until ? day(one.until) : t('consent.open')),
                },
                {
                  key: 'signed',
                  title: t('consent.signed'),
                  cell: (one) => `${t(`signed.${one.signed}`)} ${moment(one.since)}`,
                },
                { key: 'state', title: t('objection.state'), cell: state },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  )
}
