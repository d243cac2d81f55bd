/** A Korean mobile number in the form that the gateway takes, from what people type; undefined when it is none. */
export function phoneNumber(typed: string): string | undefined {
  const digits = typed.replace(/[\s().-]/g, '').replace(/^\+82/, '0');
  return /^01[016789][0-9]{7,8}$/.test(digits) ? digits : undefined;
}
