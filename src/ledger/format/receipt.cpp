// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/receipt.hpp"

#include "codec.hpp"
#include "decimal.hpp"

#include "comity/seal/base64.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace comity::ledger {
namespace {

using enum ReceiptFault;

constexpr std::string_view kFirstLine = "comity-receipt v1";
constexpr std::size_t kMaxName = 64;

// The words of one line, split at single blanks. No line has more than four, so that a fifth holds
// the rest: a file full of blanks takes no more memory than another.
std::vector<std::string_view> words_of(std::string_view line) {
    constexpr std::size_t kMost = 4;
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t blank = words.size() < kMost ? line.find(' ') : std::string_view::npos;
        words.push_back(line.substr(0, blank));
        if (blank == std::string_view::npos) return words;
        line.remove_prefix(blank + 1);
    }
}

std::string escaped(std::string_view name) {
    std::string out;
    for (const char c : name) out += c == ' ' ? "%20" : c == '%' ? "%25" : std::string(1, c);
    return out;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.front() != '%') {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        if (text.starts_with("%20")) {
            out += ' ';
        } else if (text.starts_with("%25")) {
            out += '%';
        } else {
            return std::nullopt;
        }
        text.remove_prefix(3);
    }
    return out;
}

// Reads line after line below the first; keeps the first fault.
class Reader {
  public:
    Reader(std::string_view text, std::size_t line) : rest_(text), line_(line) { next(); }

    base::Expected<Receipt, ReceiptError> read(std::string_view log_proof) {
        Receipt receipt;
        receipt.log_proof = log_proof;
        if (expect("tick", 2)) base64(words_[1], receipt.tick);
        next();
        if (expect("slot", 4)) {
            place(words_[1], words_[2], receipt.slot_place);
            base64(words_[3], receipt.slot);
        }
        next();
        hashes(receipt.slot_proof);
        if (expect("entry", 4)) {
            tree(words_[1], receipt.tree);
            place(words_[2], words_[3], receipt.entry_place);
        }
        next();
        hashes(receipt.entry_proof);
        if (expect("record", 2)) base64(words_[1], receipt.record);
        next();
        while (!fault_ && !at_end_) {
            attachment(receipt.attachments);
            next();
        }
        if (fault_) return base::Unexpected(*fault_);
        return receipt;
    }

  private:
    void fail(ReceiptFault fault) {
        if (!fault_) fault_ = ReceiptError{.fault = fault, .line = line_};
    }

    void next() {
        if (fault_) return;
        words_.clear();
        if (rest_.empty()) {
            at_end_ = true;
            return;
        }
        ++line_;
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos) return fail(kNoFinalNewline);
        words_ = words_of(rest_.substr(0, end));
        rest_.remove_prefix(end + 1);
    }

    bool expect(std::string_view first, std::size_t count) {
        if (fault_) return false;
        if (words_.size() == count && words_.front() == first) return true;
        fail(kLine);
        return false;
    }

    void base64(std::string_view text, std::vector<std::byte>& out) {
        auto bytes = seal::decode_base64(text, Receipt::kMaxBytes);
        if (!bytes) return fail(kBase64);
        out = *std::move(bytes);
    }

    void number(std::string_view text, std::uint64_t& out) {
        const auto read = parse_decimal(text);
        if (!read) return fail(kNumber);
        out = *read;
    }

    void place(std::string_view index, std::string_view size, LeafPlace& out) {
        number(index, out.index);
        number(size, out.tree_size);
    }

    void tree(std::string_view word, EntryTree& out) {
        if (word == "filed") {
            out = EntryTree::kFiled;
        } else if (word == "delivered") {
            out = EntryTree::kDelivered;
        } else if (word == "records") {
            out = EntryTree::kRecords;
        } else {
            fail(kTree);
        }
    }

    // Lines of one word are hashes.
    void hashes(Proof& proof) {
        for (; !fault_ && words_.size() == 1; next()) {
            if (proof.size() == Receipt::kMaxHashes) return fail(kTooManyHashes);
            const auto bytes = seal::decode_base64(words_[0], Hash::kSize);
            const auto hash = bytes ? Hash::from(*bytes) : std::nullopt;
            if (!hash) return fail(kBase64);
            proof.push_back(*hash);
        }
    }

    void attachment(std::vector<ShownAttachment>& attachments) {
        const bool is_erased = words_.size() == 3 && words_[2] == "erased";
        if (!is_erased && words_.size() != 4) return fail(kLine);
        if (words_.front() != "attachment") return fail(kLine);
        if (attachments.size() == Receipt::kMaxAttachments) return fail(kTooManyAttachments);
        const std::optional<std::string> name = unescaped(words_[1]);
        const bool is_known =
            name && std::any_of(attachments.begin(), attachments.end(),
                                [&](const ShownAttachment& a) { return a.name == *name; });
        if (!name || name->empty() || is_known || text_fault(*name, kMaxName)) {
            return fail(kAttachmentName);
        }
        ShownAttachment shown{.name = *name};
        if (!is_erased) {
            ShownAttachment::Opening opening;
            const auto key = seal::decode_base64(words_[2], opening.key.size());
            if (!key || key->size() != opening.key.size()) return fail(kBase64);
            std::copy(key->begin(), key->end(), opening.key.begin());
            base64(words_[3], opening.content);
            shown.opening = std::move(opening);
        }
        attachments.push_back(std::move(shown));
    }

    std::string_view rest_;
    std::size_t line_;
    bool at_end_ = false;
    std::vector<std::string_view> words_;
    std::optional<ReceiptError> fault_;
};

const char* word_of(EntryTree tree) {
    switch (tree) {
        case EntryTree::kFiled:
            return "filed";
        case EntryTree::kDelivered:
            return "delivered";
        case EntryTree::kRecords:
            return "records";
    }
    return "";
}

std::string text_of(LeafPlace place) {
    return std::to_string(place.index) + " " + std::to_string(place.tree_size);
}

std::string text_of(const Proof& proof) {
    std::string out;
    for (const Hash& hash : proof) out += seal::encode_base64(hash.span()) + "\n";
    return out;
}

}  // namespace

const char* to_string(ReceiptFault fault) {
    switch (fault) {
        case kTooLarge:
            return "expected at most 64 MiB";
        case kNoReceipt:
            return "expected a line 'comity-receipt v1' below the log's proof";
        case kLine:
            return "expected another line here (docs/formats/receipt.md)";
        case kNumber:
            return "expected a decimal number below 2^63 without leading zeros";
        case kBase64:
            return "expected base64 of the right length";
        case kTooManyHashes:
            return "expected at most 63 hashes in a proof";
        case kTree:
            return "expected filed, delivered or records";
        case kAttachmentName:
            return "expected a name that no other attachment here has";
        case kTooManyAttachments:
            return "expected at most 64 attachments";
        case kNoFinalNewline:
            return "expected a line feed at the end of the last line";
    }
    return "unknown fault";
}

base::Expected<Receipt, ReceiptError> parse_receipt(std::string_view text) {
    if (text.size() > Receipt::kMaxBytes) {
        return base::Unexpected(ReceiptError{.fault = kTooLarge, .line = 1});
    }
    const std::string mark = "\n" + std::string(kFirstLine) + "\n";
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) {
        return base::Unexpected(ReceiptError{.fault = kNoReceipt, .line = 1});
    }
    const std::string_view log_proof = text.substr(0, at + 1);
    const auto lines =
        static_cast<std::size_t>(std::count(log_proof.begin(), log_proof.end(), '\n'));
    return Reader(text.substr(at + mark.size()), lines + 1).read(log_proof);
}

std::string format_receipt(const Receipt& receipt) {
    std::string out = receipt.log_proof;
    out += std::string(kFirstLine) + "\n";
    out += "tick " + seal::encode_base64(receipt.tick) + "\n";
    out += "slot " + text_of(receipt.slot_place) + " " + seal::encode_base64(receipt.slot) + "\n";
    out += text_of(receipt.slot_proof);
    out += std::string("entry ") + word_of(receipt.tree) + " " + text_of(receipt.entry_place) +
           "\n" + text_of(receipt.entry_proof);
    out += "record " + seal::encode_base64(receipt.record) + "\n";
    for (const ShownAttachment& attachment : receipt.attachments) {
        out += "attachment " + escaped(attachment.name);
        if (attachment.opening) {
            out += " " + seal::encode_base64(attachment.opening->key) + " " +
                   seal::encode_base64(attachment.opening->content) + "\n";
        } else {
            out += " erased\n";
        }
    }
    return out;
}

}  // namespace comity::ledger
