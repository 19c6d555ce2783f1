/** Whether a URL that a tenant chose may be called from here. */
import { checkTargetUrl, type TargetProblem, type TargetRules } from '@carillon/channels';
import { ApiError } from '@carillon/core';

const FORM_PROBLEMS: Readonly<Record<Exclude<TargetProblem, 'private_address' | 'private_name'>, string>> = {
  not_a_url: 'It must be a URL.',
  not_https: 'It must begin with https://.',
  user_info: 'It must not hold a user name or a password.',
};

/**
 * What a tenant chooses is called from inside our network.
 * @param field where it stands in the body
 * @throws ApiError `private_target`, or `validation_failed` for what is no fit URL at all
 */
export function requireTarget(url: string, rules: TargetRules, field = 'url'): void {
  // Where it leads matters more than how it is written: a private target is told as one by http: too.
  const target = checkTargetUrl(url, { ...rules, allowHttp: true });
  const result = target.ok ? checkTargetUrl(url, rules) : target;
  if (result.ok) return;
  if (result.problem === 'private_address' || result.problem === 'private_name') {
    throw new ApiError('private_target', {
      field,
      detail:
        'It leads into a private network. Use a name or an address of the public internet; an operator of the installation can ' +
        'allow private targets with ALLOW_PRIVATE_TARGETS.',
    });
  }
  throw new ApiError('validation_failed', { field, detail: FORM_PROBLEMS[result.problem] });
}
