import { referralApi } from '@tongmai/api/referral'
import type { Rule, RuleConditions } from '@tongmai/api/referral/rule'
import { Button } from 'antd'
import { useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { referralWords } from './words.ts'

/** `收缩压 ≥ 180 或 舒张压 ≥ 110`. */
export function useConditionWords(): (conditions: RuleConditions) => string {
  const t = useWords(referralWords)
  return (conditions) =>
    conditions
      .map((group) =>
        group
          .map(({ fact, is, value }) => `${t(`fact.${fact}`)} ${t(`is.${is}`)} ${value}`)
          .join(` ${t('rule.and')} `),
      )
      .join(` ${t('rule.or')} `) || t('rule.none')
}

/** The indications with their versions: written by the office, signed by a physician. */
export function RulePage() {
  const t = useWords(referralWords)
  const may = useMay()
  const tell = useTell()
  const say = useConditionWords()
  const [edited, setEdited] = useState<Rule | 'new' | null>(null)
  const read = useRead(referralApi.listRules, { query: {} }, { live: ['referral-rule'] })
  const sign = useWrite(referralApi.signRule, {
    touches: ['referral-rule'],
    onDone: () => tell(t('rule.sign-done')),
  })
  const columns: Column<Rule>[] = [
    { key: 'direction', title: t('direction'), width: 70, cell: (r) => t(`direction.${r.direction}`) },
    { key: 'category', title: t('rule.category'), width: 90, cell: (r) => r.category },
    {
      key: 'text',
      title: t('rule.text'),
      cell: (r) => (
        <>
          {r.text}
          <br />
          <span className="tm-quiet">{say(r.conditions)}</span>
        </>
      ),
    },
    { key: 'source', title: t('rule.source'), width: 170, wide: true, cell: (r) => r.source },
    {
      key: 'since',
      title: t('rule.since'),
      short: true,
      width: 120,
      cell: (r) => (
        <span className="tm-quiet">
          {r.since}
          {r.until && (
            <>
              <br />– {r.until}
            </>
          )}
        </span>
      ),
    },
    {
      key: 'state',
      title: t('rule.state'),
      width: 130,
      cell: (r) =>
        r.signedBy ? (
          <StateTag tone="good">{t('rule.signed', { name: r.signedBy })}</StateTag>
        ) : (
          <StateTag tone="wait">{t('rule.unsigned')}</StateTag>
        ),
    },
    {
      key: 'act',
      title: '',
      width: 110,
      align: 'right',
      cell: (r) => (
        <span style={{ display: 'grid', gap: 4 }}>
          {may('referral.rule') && !r.until && (
            <Button size="small" onClick={() => setEdited(r)}>
              {t('rule.edit')}
            </Button>
          )}
          {may('referral.treat') && !r.signedBy && (
            <Button
              size="small"
              type="primary"
              ghost
              onClick={() => sign.mutate({ body: { code: r.code, since: r.since } })}
            >
              {t('rule.sign')}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return (
    <Page
      title={t('rule.title')}
      hint={t('rule.hint')}
      actions={may('referral.rule') && <Button onClick={() => setEdited('new')}>{t('rule.new')}</Button>}
    >
      <RefusalNote refused={sign.error} />
      <Card flush>
        <Loaded read={read} rows={8}>
          {(rows) => (
            <Table
              label={t('rule.title')}
              columns={columns}
              rows={rows}
              keyOf={(r) => `${r.code} ${r.since}`}
              rowTone={() => undefined}
            />
          )}
        </Loaded>
      </Card>
      {edited && <RuleDialog rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}
