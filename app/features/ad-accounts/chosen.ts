interface Choice {
  id: string;
  name: string;
}

/** A choice that was made before stays one, also where the reader no longer sees what it is called. */
export function withChosen(choices: readonly Choice[], chosenId: string | null, name: string): Choice[] {
  const isKnown = chosenId === null || choices.some(({ id }) => id === chosenId);
  return isKnown ? [...choices] : [...choices, { id: chosenId, name }];
}
