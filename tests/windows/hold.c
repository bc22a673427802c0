/* Holds files open as other programs do, until its standard input ends.
 *
 *   hold.exe MODE FILE...     MODE: reads (others may read, as Excel and WPS leave it to them), alone (nobody else may) */
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>

int main(void) {
    int count, at;
    LPWSTR *arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    DWORD share = arguments[1][0] == L'r' ? FILE_SHARE_READ : 0;
    for (at = 2; at < count; at++) {
        HANDLE file = CreateFileW(arguments[at], GENERIC_READ | GENERIC_WRITE, share, NULL, OPEN_EXISTING, 0, NULL);
        if (file == INVALID_HANDLE_VALUE) {
            printf("cannot hold number %d: %lu\n", at - 1, GetLastError());
            return 1;
        }
    }
    printf("held\n");
    fflush(stdout);
    while (getchar() != EOF) {
    }
    return 0;
}
