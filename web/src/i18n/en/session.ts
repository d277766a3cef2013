import type { Messages } from '../zh-CN.ts';

/** Texts of signing in, in English. */
export const session: Messages['session'] = {
  title: 'Sign in',
  lead: 'Describe your customers, divide them, and stay right at every moment.',
  email: 'Email',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  emailMissing: 'Enter your email',
  passwordMissing: 'Enter your password',
  wrong: 'The email or the password is wrong',
  again: 'Your session has ended',
  againMessage: 'Sign in again to go on. Everything on this page is kept as it is.',
  changePassword: 'Change password',
  oldPassword: 'Present password',
  newPassword: 'New password',
  newPasswordHint: '8 to 128 characters. Afterwards, sign in again on every device.',
  repeatPassword: 'New password again',
  passwordLength: 'A new password has 8 to 128 characters',
  passwordsDiffer: 'The two new passwords differ',
  passwordChanged: 'Password changed. Sign in with the new one',
  viewing: (role) => `You are looking on as “${role}”: nothing can be changed`,
  stopViewing: 'Stop looking on',
};
