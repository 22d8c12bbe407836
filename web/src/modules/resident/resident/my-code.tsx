import { mineApi } from '@tongmai/api/resident/mine'
import { useDates } from '../../../kernel/use-dates.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Button } from '../../../ui/light/button.tsx'
import { Sorry } from '../../../ui/light/known.tsx'
import { residentOwnWords } from './words.ts'

/** In threes and fours, as it is read out. */
const spelled = (code: string): string => code.replace(/^(.{4})(.{4})(.{4})$/, '$1 $2 $3')

/** The code by which the desk finds me, drawn and in letters; a few minutes long. */
export function MyCode({ residentId, name }: { residentId: string; name: string | null }) {
  const t = useWords(residentOwnWords)
  const { now, moment } = useDates()
  const show = useWrite(mineApi.showCode)
  const ask = () => show.mutate({ body: { residentId } })
  const shown = show.data && show.data.until > now ? show.data : null
  if (!shown)
    return (
      <>
        <Sorry refused={show.error} />
        <Button quiet busy={show.isPending} onClick={ask}>
          {name === null ? t('code.show') : t('code.show-of', { name })}
        </Button>
      </>
    )
  return (
    <figure className="me-code">
      <img src={`data:image/svg+xml;utf8,${encodeURIComponent(shown.svg)}`} alt={spelled(shown.code)} />
      <figcaption>
        <b>{spelled(shown.code)}</b>
        <p>{t('code.hint')}</p>
        <p className="me-quiet">{t('code.until', { until: moment(shown.until).slice(11) })}</p>
      </figcaption>
      <Button quiet busy={show.isPending} onClick={ask}>
        {t('code.again')}
      </Button>
      <Button quiet onClick={() => show.reset()}>
        {t('code.hide')}
      </Button>
    </figure>
  )
}
