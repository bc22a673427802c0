/* The one function of Windows 10 that Rust's standard library needs and Wine 8 does not have: random bytes. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID to, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T length) {
    const SIZE_T most = 1 << 24;
    while (length > 0) {
        ULONG part = (ULONG)(length < most ? length : most);
        if (!SystemFunction036(to, part)) return FALSE;
        to += part;
        length -= part;
    }
    return TRUE;
}
