import { fieldTypes, type FieldDefinition, type Rule } from '@kequn/rules';
import { shallowRef, watch, type Ref } from 'vue';
import { useApi } from '../api/client.ts';
import { CountConditionsDocument, type CountConditionsQuery } from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';

type Count = CountConditionsQuery['previewRule']['conditions'][number];

/** How many customers have each option of a field, by its key, once it is asked for. */
export interface OptionCounts {
  readonly counts: Readonly<Ref<ReadonlyMap<string, Count>>>;
  ask(): Promise<void>;
}

/** So many conditions the server counts alone. */
const MOST = 200;

/** Counts the options of a field by one preview, whose conditions are the options; of too many it says nothing. */
export function useOptionCounts(field: () => FieldDefinition): OptionCounts {
  const api = useApi();
  const counts = shallowRef<ReadonlyMap<string, Count>>(new Map());
  let asked = false;
  watch(
    () => field().key,
    () => {
      asked = false;
      counts.value = new Map();
    },
  );

  async function ask(): Promise<void> {
    const { key, options } = field();
    if (asked || options.length === 0 || options.length > MOST) return;
    asked = true;
    try {
      const { previewRule } = await api.query(CountConditionsDocument, { rule: ruleOf(field()) });
      if (field().key !== key) return;
      counts.value = new Map(previewRule.conditions.map((count, index) => [options[index]!.key, count]));
    } catch (error) {
      // Options can be chosen without their counts.
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  return { counts, ask };
}

function ruleOf({ key, type, options }: FieldDefinition): Rule {
  const isOne = fieldTypes[type].valueType === 'OPTION';
  return {
    or: options.map(({ key: option }): Rule =>
      isOne ? { '==': [{ var: key }, option] } : { in: [option, { var: key }] },
    ),
  };
}
