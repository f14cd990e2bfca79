// For clang-tidy only: Debian's clang-tidy brings no OpenMP header, and it cannot read g++'s.
#pragma once
extern "C" {
double omp_get_wtime(void);
int omp_get_max_threads(void);
int omp_get_num_procs(void);
int omp_get_num_threads(void);
int omp_get_thread_num(void);
int omp_in_parallel(void);
void omp_set_num_threads(int);
}
