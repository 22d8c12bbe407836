import { recognitionApi } from '@tongmai/api/recognition'
import type { ItemPage as Shown, Window } from '@tongmai/api/recognition/catalogue'
import { Button } from 'antd'
import { useState } from 'react'
import { useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Cards, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { GateTable } from './gate-table.tsx'
import { ChangeItem, SetWindow } from './item-form.tsx'
import { showMsv, showYuan } from './show.ts'
import { recognitionWords } from './words.ts'

/** One item: its windows over time, who passed its assessment, and what its versions said. */
export function ItemPage() {
  const id = useParam('id')
  const read = useRead(recognitionApi.readItem, { params: { id } }, { live: ['recognition'] })
  return <Loaded read={read}>{(item) => <Found of={item} />}</Loaded>
}

function Found({ of }: { of: Shown }) {
  const t = useWords(recognitionWords)
  const { moment } = useDates()
  const [doing, setDoing] = useState<'change' | 'window'>()
  const done = () => setDoing(undefined)
  const gates = useRead(
    recognitionApi.listGates,
    { query: { itemId: of.id, limit: 200 } },
    { live: ['recognition'] },
  )
  return (
    <Page
      title={
        <>
          {of.name} {of.retiredOn && <StateTag tone="bad">{t('items.retired')}</StateTag>}
        </>
      }
      hint={`${t(`category.${of.category}`)} · ${of.code}`}
      actions={
        of.mayManage && (
          <>
            <Retire of={of} />
            <Button onClick={() => setDoing('change')}>{t('items.change')}</Button>
            <Button type="primary" onClick={() => setDoing('window')}>
              {t('window.set')}
            </Button>
          </>
        )
      }
    >
      {doing === 'change' && <ChangeItem of={of} onClose={done} />}
      {doing === 'window' && <SetWindow of={of} onClose={done} />}
      <Card title={t('window.title')} flush>
        <Table
          label={t('window.title')}
          columns={useWindowColumns()}
          rows={of.windows}
          keyOf={({ since }) => since}
        />
      </Card>
      <Card title={t('item.gates')} flush>
        <Loaded read={gates} rows={2}>
          {({ items }) => <GateTable gates={items} />}
        </Loaded>
      </Card>
      <Cards least={420}>
        <Card title={t('item.facts')}>
          <Facts
            facts={[
              [t('item.aliases'), of.aliases.join('、')],
              [t('item.unit'), of.dimensionless ? t('item.dimensionless') : t('item.with-unit')],
              [t('item.loinc'), of.loinc.join('、')],
              [t('item.local'), of.localCodes.join('、')],
            ]}
          />
        </Card>
        <Card title={t('item.versions')}>
          <Facts
            facts={of.versions.map(({ version, at, by, name }) => [
              t('item.version', { version }),
              [name, by, moment(at)].filter(Boolean).join(' · '),
            ])}
          />
        </Card>
      </Cards>
    </Page>
  )
}

function useWindowColumns(): Column<Window>[] {
  const t = useWords(recognitionWords)
  const unknown = t('window.unknown')
  return [
    {
      key: 'since',
      title: t('window.since'),
      short: true,
      cell: (one) => `${one.since} – ${one.until ?? t('window.open')}`,
    },
    {
      key: 'days',
      title: t('window.days'),
      short: true,
      align: 'right',
      cell: (one) => t('window.days-count', { days: one.validDays }),
    },
    {
      key: 'scope',
      title: t('window.scope'),
      short: true,
      cell: (one) => <StateTag tone="good">{t(`mark.${one.scope}`)}</StateTag>,
    },
    { key: 'method', title: t('window.method'), wide: true, cell: (one) => one.method ?? '—' },
    {
      key: 'price',
      title: t('window.price'),
      short: true,
      align: 'right',
      cell: (one) => (one.priceFen === null ? unknown : showYuan(one.priceFen)),
    },
    {
      key: 'dose',
      title: t('window.dose'),
      short: true,
      wide: true,
      align: 'right',
      cell: (one) => (one.doseUsv === null ? '—' : showMsv(one.doseUsv)),
    },
    {
      key: 'wait',
      title: t('window.wait'),
      short: true,
      wide: true,
      align: 'right',
      cell: (one) => one.waitDays ?? unknown,
    },
    {
      key: 'source',
      title: t('window.source'),
      cell: (one) => (
        <>
          {one.demonstration && <StateTag tone="wait">{t('window.demonstration')}</StateTag>}{' '}
          <span className="tm-quiet">{one.source}</span>
        </>
      ),
    },
  ]
}

function Retire({ of: { id, name, version } }: { of: Shown }) {
  const t = useWords(recognitionWords)
  const tell = useTell()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const retire = useWrite(recognitionApi.retireItem, {
    touches: ['recognition'],
    onDone: () => tell(`${name}：${t('items.retired')}`),
  })
  const run = () => retire.mutate({ params: { id }, body: { version } }, { onError })
  return (
    <Button
      danger
      loading={retire.isPending}
      onClick={() =>
        confirm({
          label: `${t('items.retire')} ${name}`,
          confirm: t('items.retire-confirm'),
          danger: true,
          run,
        })
      }
    >
      {t('items.retire')}
    </Button>
  )
}
