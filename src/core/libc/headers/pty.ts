/**
 * The header <pty.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const ptyHeader = String.raw`#ifndef _PTY_H
#define _PTY_H 1
#include <features.h>
struct termios;
struct winsize;
#include <termios.h>
#include <sys/ioctl.h>
extern int openpty(int *, int *, char *, const struct termios *, const struct winsize *);
extern int forkpty(int *, char *, const struct termios *, const struct winsize *);
#endif
`;
