// Faiss on the rows and queries of `groundswell bench retrieval`, which builds and starts this:
//   g++ -O3 -fopenmp -o peer peer.cpp -lfaiss -llapack -lblas
//   OPENBLAS_NUM_THREADS=1 peer INDEX RECALL < DATA
// INDEX is what Faiss's index_factory takes, an inverted file; RECALL is what a search has to reach. DATA, in the
// machine's byte order: how many rows, queries and wanted neighbours there are and the floats of a row, as 32-bit numbers;
// the rows, the queries; of every query the truly nearest rows. Prints one line of JSON.

#include <faiss/IVFlib.h>
#include <faiss/IndexIVF.h>
#include <faiss/index_factory.h>
#include <malloc.h>
#include <omp.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

namespace {

template <class T>
std::vector<T> read(size_t count) {
    std::vector<T> values(count);
    if (fread(values.data(), sizeof(T), count, stdin) != count) {
        fprintf(stderr, "The data end too early.\n");
        exit(1);
    }
    return values;
}

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double held() {
    struct mallinfo2 info = mallinfo2();
    return double(info.uordblks + info.hblkhd);
}

struct Searches {
    faiss::Index& index;
    faiss::IndexIVF& lists;
    const std::vector<float>& queries;
    const std::vector<int32_t>& truth;
    size_t count, wanted;
    double recall = 0, qps = 0;

    // One query at a time, as a feed asks.
    void run(size_t nprobe) {
        lists.nprobe = nprobe;
        std::vector<float> scores(wanted);
        std::vector<int64_t> found(count * wanted);
        double start = seconds();
        for (size_t query = 0; query < count; query++)
            index.search(1, &queries[query * index.d], wanted, scores.data(), &found[query * wanted]);
        qps = count / (seconds() - start);
        size_t right = 0;
        for (size_t query = 0; query < count; query++) {
            auto from = found.begin() + query * wanted, to = from + wanted;
            std::sort(from, to);
            for (size_t place = 0; place < wanted; place++) right += std::binary_search(from, to, truth[query * wanted + place]);
        }
        recall = double(right) / (count * wanted);
    }

    // The fewest lists with which the wanted recall is reached; all of them if it never is.
    size_t fewest(double enough) {
        size_t most = 1;
        for (run(most); recall < enough && most < lists.nlist; run(most)) most = std::min(2 * most, lists.nlist);
        for (size_t least = most / 2 + 1; least < most;) {
            size_t middle = (least + most) / 2;
            run(middle);
            if (recall < enough) least = middle + 1;
            else most = middle;
        }
        return most;
    }
};

}  // namespace

int main(int, char** arguments) {
    omp_set_num_threads(1);
    const char* name = arguments[1];
    double enough = atof(arguments[2]);

    auto sizes = read<int32_t>(4);
    size_t count = sizes[0], width = sizes[3];
    auto rows = read<float>(count * width);
    auto queries = read<float>(sizes[1] * width);
    auto truth = read<int32_t>(size_t(sizes[1]) * sizes[2]);
    // Who gives the data by a pipe holds it open for as long as the answer is wanted.
    std::thread([] {
        pollfd hung_up{STDIN_FILENO, 0, 0};
        poll(&hung_up, 1, -1);
        _exit(1);
    }).detach();

    double before = held(), start = seconds();
    std::unique_ptr<faiss::Index> index(faiss::index_factory(int(width), name, faiss::METRIC_INNER_PRODUCT));
    auto* lists = faiss::ivflib::extract_index_ivf(index.get());
    // Faiss asks for 39 rows a list at least; more take longer and find hardly more.
    index->train(std::min(count, 40 * lists->nlist), rows.data());
    double trained = seconds();
    index->add(count, rows.data());
    double added = seconds(), bytes = (held() - before) / count;

    Searches searches{*index, *lists, queries, truth, size_t(sizes[1]), size_t(sizes[2])};
    size_t nprobe = searches.fewest(enough);
    searches.run(nprobe);
    printf("{\"index\":\"%s, nprobe %zu\",\"recall_at_500\":%.4f,\"qps\":%.0f,\"build_s\":%.1f,\"add_per_s\":%.0f,\"bytes_per_video\":%.1f}\n",
           name, nprobe, searches.recall, searches.qps, added - start, count / (added - trained), bytes);
    fflush(stdout);
    _exit(0);
}
