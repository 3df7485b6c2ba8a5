import Formulary
import Foundation
import Identity
import Parties
import Postgres
import Primitives

extension FormularyRoutes {
    // MARK: - Versions

    static let versions: [Endpoint] = [
        .reading(
            "formulary.versions", "/formulary/versions", tag: tag, summary: Phrase("目录版本，新的在前", "Versions, newest first"),
            query: .paging, answer: PageOf<FormularyVersion>.self
        ) { call, transaction in
            let page = try call.page()
            let versions = try FormularyVersionsStore(transaction, of: call.principal.consortium).versions(
                before: try page.afterNumber().map { Int($0) }, limit: page.limit + 1)
            return PageOf(versions, of: page) { ["\($0.number)"] }
        },
        .reading(
            "formulary.version-in-force", "/formulary/version-in-force", tag: tag,
            summary: Phrase("当日生效的版本", "The version in force on a day"),
            query: [.day("day", Phrase("日期，默认今天", "The day, today unless told"))], refusals: codes(.noVersionInForce),
            answer: FormularyVersion.self
        ) { call, transaction in
            let day = call.query(day: "day") ?? call.today
            guard let version = try FormularyInForce(transaction).version(of: call.principal.consortium, on: day) else {
                throw FormularyRefusal(.noVersionInForce, "on \(day)", field: "day")
            }
            return version
        },
        .reading(
            "formulary.version", "/formulary/versions/{versionID:uuid}", tag: tag, summary: Phrase("目录版本", "A version"),
            refusals: codes(.versionUnknown), answer: FormularyVersion.self
        ) { call, transaction in
            try FormularyVersionsStore(transaction, of: call.principal.consortium).version(try call.id("versionID"))
        },
        .reading(
            "formulary.entries", "/formulary/versions/{versionID:uuid}/entries", tag: tag,
            summary: Phrase("版本内的品种", "The products of a version"),
            query: searching + [
                .choice("level", FacilityLevel.self, Phrase("层级", "Only what is permitted at this level"))
            ] + .paging,
            refusals: codes(.versionUnknown, .textTooLong), answer: PageOf<FormularyEntryReading>.self
        ) { call, transaction in
            let page = try call.page()
            let version = try FormularyVersionsStore(transaction, of: call.principal.consortium).version(
                try call.id("versionID"))
            let found = try ProductSearchStore(transaction).entries(
                try search(call), in: version.id, of: call.principal.consortium, level: call.query(choice: "level"),
                after: try .after(page), limit: page.limit + 1)
            let next = found.count > page.limit ? found[page.limit - 1].position.keys : nil
            return PageOf(items: found.prefix(page.limit).map(\.reading), next: next.map(Cursor.encode))
        },
        .reading(
            "formulary.difference", "/formulary/versions/{versionID:uuid}/difference", tag: tag,
            summary: Phrase("与另一版本的差异", "What changed since another version"),
            query: [.document("from", Phrase("较早的版本", "The earlier version"), isRequired: true)],
            refusals: codes(.versionUnknown), answer: FormularyDifference.self
        ) { call, transaction in
            let later: FormularyVersionID = try call.id("versionID")
            return try FormularyDifference(
                from: call.query(id: "from") ?? later, to: later, of: call.principal.consortium, transaction)
        },
        .reading(
            "formulary.essential-medicines", "/formulary/versions/{versionID:uuid}/essential-medicines", tag: tag,
            summary: Phrase("各层级基本药物品种数", "How many permitted medicines are essential, by level"),
            refusals: codes(.versionUnknown), answer: EssentialMedicinesView.self
        ) { call, transaction in
            let versions = FormularyVersionsStore(transaction, of: call.principal.consortium)
            return EssentialMedicinesView(
                shares: try versions.essentialShares(in: try versions.version(try call.id("versionID")).id))
        },
    ]

    // MARK: - Changes

    static let changes: [Endpoint] = [
        .command(
            "formulary.draft", "/formulary/versions", tag: tag,
            summary: Phrase("起草新版本（复制生效版本）", "Drafts the next version with the entries of the one in force"),
            roles: keepers,
            refusals: codes(.textTooLong, .draftExists), creates: true, body: FormularyDraftBody.self,
            answer: FormularyVersion.self
        ) { call, transaction in
            try DraftFormulary(id: call.body.version ?? FormularyVersionID(call.requestID), note: call.body.note)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "formulary.put-entries", "/formulary/versions/{versionID:uuid}/entries", method: .put, tag: tag,
            summary: Phrase("草案增改品种", "Puts products into a draft"), roles: keepers,
            refusals: codes(
                .versionUnknown, .versionNotDraft, .productUnknown, .entriesMissing, .entryRepeated, .entryLevelsMissing,
                .entryDaysOutOfRange, .textTooLong),
            body: FormularyEntriesBody.self, answer: FormularyVersion.self
        ) { call, transaction in
            try PutFormularyEntries(version: try call.id("versionID"), entries: call.body.entries.map(\.entry))
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "formulary.remove-entry", "/formulary/versions/{versionID:uuid}/entries/{productID:number}", method: .delete,
            tag: tag,
            summary: Phrase("草案删除品种", "Takes a product out of a draft"), roles: keepers,
            refusals: codes(.versionUnknown, .versionNotDraft, .entryUnknown), body: NoBody.self,
            answer: FormularyVersion.self
        ) { call, transaction in
            try RemoveFormularyEntry(version: try call.id("versionID"), product: try call.number("productID"))
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "formulary.publish", "/formulary/versions/{versionID:uuid}/publication", tag: tag,
            summary: Phrase("发布，自某日生效", "Publishes a draft, in force from a day on"), roles: keepers,
            refusals: codes(.versionUnknown, .versionNotDraft, .versionEmpty, .validFromInPast, .validFromTaken),
            body: FormularyPublicationBody.self, answer: FormularyVersion.self
        ) { call, transaction in
            try PublishFormulary(version: try call.id("versionID"), validFrom: call.body.validFrom)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "formulary.withdraw", "/formulary/versions/{versionID:uuid}/withdrawal", tag: tag,
            summary: Phrase("撤回草案或未生效版本", "Withdraws a draft, or a version that has not come into force"), roles: keepers,
            refusals: codes(.versionUnknown, .versionWithdrawn, .versionInForce), body: NoBody.self,
            answer: FormularyVersion.self
        ) { call, transaction in
            try WithdrawFormulary(version: try call.id("versionID")).run(
                in: transaction, by: call.principal, at: call.now)
        },
    ]
}
