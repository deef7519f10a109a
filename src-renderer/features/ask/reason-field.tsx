import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { useWords } from '../words/index.ts';

/** Why something was done, typed or by a tap on a usual reason. */
export function ReasonField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Keys of usual reasons under `reason.` in the words. */
  readonly suggestions: readonly string[];
  readonly autoFocus?: boolean | undefined;
}) {
  const { t } = useWords();
  return (
    <div className="stack tight">
      <TextField label={t('reason.label')} value={props.value} onChange={props.onChange} autoFocus={props.autoFocus} testId="reason-field" />
      <div className="choices">
        {props.suggestions.map((key) => (
          <Button key={key} size="small" onPress={() => props.onChange(t(`reason.${key}`))}>
            {t(`reason.${key}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
