import { careplanApi } from '@tongmai/api/careplan'
import { type ChainCounts, type ChainStage, chainStage } from '@tongmai/api/careplan/chain'
import { type ProgrammeCode, programmeCode } from '@tongmai/api/careplan/programme'
import { Button, Segmented, Select } from 'antd'
import * as z from 'zod/mini'
import { To, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ChainPeople } from './chain-people.tsx'
import { careplanWords } from './words.ts'

const search = z.object({
  programme: z._default(programmeCode, 'hypertension'),
  scope: z.optional(z.enum(['mine', 'alliance'])),
  reached: z.optional(chainStage),
  standing: z.optional(chainStage),
  institutionId: z.optional(z.string()),
  offset: z._default(z.coerce.number(), 0),
})

/** For one disease everybody from screening to rehabilitation: how many came how far, where they stand, who they are. */
export function ChainPage() {
  const t = useWords(careplanWords)
  const may = useMay()
  const region = may('oversight.read')
  const [{ scope: chosen, ...others }, setSearch] = useSearch(search)
  const { programme } = others
  const first = useFirstScope(programme)
  const scope = chosen ?? first
  const asked = { ...others, scope }
  const counts = useRead(
    careplanApi.countChain,
    { query: { programme, scope } },
    { live: ['careplan'], keepPrevious: true },
  )
  const only = { reached: undefined, standing: undefined, institutionId: undefined, offset: 0 }
  return (
    <Page
      title={t('chain.title')}
      hint={t('chain.hint')}
      actions={
        <>
          <Select<ProgrammeCode>
            aria-label={t('disease')}
            style={{ width: 150 }}
            value={programme}
            options={programmeCode.options.map((one) => ({ value: one, label: t(`programme.${one}`) }))}
            onChange={(next) => setSearch({ ...only, programme: next })}
          />
          {region ? (
            <span className="tm-quiet">{t('chain.region')}</span>
          ) : (
            <Segmented<'mine' | 'alliance'>
              aria-label={t('chain.scope')}
              value={scope}
              options={(['mine', 'alliance'] as const).map((one) => ({
                value: one,
                label: t(`chain.${one}`),
              }))}
              onChange={(next) => setSearch({ ...only, scope: next })}
            />
          )}
        </>
      }
    >
      <Loaded read={counts} rows={7}>
        {(found) =>
          scope === 'mine' && isEmpty(found) ? (
            <Nothing title={t('chain.nobody-here')} hint={t('chain.nobody-here-hint')}>
              <Button onClick={() => setSearch({ ...only, scope: 'alliance' })}>
                {t('chain.see-alliance')}
              </Button>
            </Nothing>
          ) : (
            <>
              <Card title={t('chain.funnel')}>
                <Funnel counts={found} scope={scope} />
                <Definitions counts={found} />
              </Card>
              {found.institutions.length > 1 && (
                <Card title={t('chain.where')} flush>
                  <Places counts={found} scope={scope} />
                </Card>
              )}
              <ChainPeople asked={asked} region={region} onAsk={setSearch} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

const isEmpty = ({ stages }: ChainCounts): boolean => stages.every(({ reached }) => reached === 0)

/** What is looked at first: one's own people; the alliance for its office, and where one has none of one's own. */
function useFirstScope(programme: ProgrammeCode): 'mine' | 'alliance' {
  const may = useMay()
  const office = may('alliance.office')
  const query = { programme, scope: 'mine' as const }
  const own = useRead(careplanApi.countChain, { query }, { live: ['careplan'], when: !office })
  return office || (own.data && isEmpty(own.data)) ? 'alliance' : 'mine'
}

interface PartProps {
  readonly counts: ChainCounts
  readonly scope: string
}

const listOf = ({ counts, scope }: PartProps, more: string): string =>
  `/care-chain?programme=${counts.programme}&scope=${scope}&${more}`

/** The stages in their order, each as long as many have come so far. */
function Funnel(props: PartProps) {
  const t = useWords(careplanWords)
  const { stages } = props.counts
  const most = Math.max(1, ...stages.map((one) => one.reached))
  return (
    <ol className="tm-funnel">
      {stages.map(({ stage, reached, standing }) => (
        <li key={stage}>
          <b>{t(`chain-stage.${stage}`)}</b>
          <To to={listOf(props, `reached=${stage}`)} className="tm-funnel-bar">
            <span style={{ width: `${(reached / most) * 100}%` }} aria-hidden="true" />
            <em>{t('chain.people-n', { n: reached })}</em>
          </To>
          <To to={listOf(props, `standing=${stage}`)}>{t('chain.standing-n', { n: standing })}</To>
        </li>
      ))}
    </ol>
  )
}

function Definitions({ counts }: { counts: ChainCounts }) {
  const t = useWords(careplanWords)
  const known = { codes: counts.codes.join('、'), measure: t(`chain.${counts.programme}-measure`) }
  return (
    <details className="tm-quiet">
      <summary>{t('chain.definitions')}</summary>
      {chainStage.options.map((stage) => (
        <p key={stage}>
          {t(`chain-stage.${stage}`)}：{t(`chain-means.${stage}`, known)}
        </p>
      ))}
    </details>
  )
}

/** Where people stand, by the institution that cares for them. */
function Places(props: PartProps) {
  const t = useWords(careplanWords)
  const cell = (id: string | null, stage: ChainStage, n: number) =>
    id && n > 0 ? <To to={listOf(props, `standing=${stage}&institutionId=${id}`)}>{n}</To> : n
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="tm-table" aria-label={t('chain.where')}>
        <thead>
          <tr>
            <th scope="col">{t('chain.institution')}</th>
            {chainStage.options.map((stage) => (
              <th key={stage} scope="col" data-align="right">
                {t(`chain-stage.${stage}`)}
              </th>
            ))}
            <th scope="col" data-align="right">
              {t('chain.all')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.counts.institutions.map(({ id, name, people, standing }) => (
            <tr key={id ?? 'none'}>
              <td>{name || t('chain.unknown-place')}</td>
              {chainStage.options.map((stage) => (
                <td key={stage} data-align="right" data-name={t(`chain-stage.${stage}`)}>
                  {cell(id, stage, standing[stage] ?? 0)}
                </td>
              ))}
              <td data-align="right" data-name={t('chain.all')}>
                {people}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
