import Dispensing
import FHIR
import Formulary
import MedicationRules
import Primitives
import Testing

@Suite("States, kinds and frequencies in FHIR's words")
struct MappingTests {
    @Test("every state of a prescription has a status", arguments: [
        (.issued, .draft), (.returned, .onHold), (.approved, .active), (.partlyDispensed, .active), (.dispensed, .completed),
        (.ended, .stopped), (.expired, .stopped), (.cancelled, .cancelled),
    ] as [(PrescriptionState, R4.MedicationRequest.Status)])
    func states(state: PrescriptionState, status: R4.MedicationRequest.Status) {
        #expect(R4.MedicationRequest.Status(state) == status)
        #expect(status.states.contains(state))
    }

    @Test("no state is left out of the table, and some statuses are never read")
    func allStates() {
        #expect(Set(R4.MedicationRequest.Status.allCases.flatMap(\.states)) == Set(PrescriptionState.allCases))
        #expect(R4.MedicationRequest.Status.enteredInError.states.isEmpty && R4.MedicationRequest.Status.unknown.states.isEmpty)
    }

    @Test("only emergencies are urgent")
    func priorities() {
        for kind in PrescriptionKind.allCases {
            #expect((R4.MedicationRequest.Priority(kind) == .urgent) == (kind == .emergency))
            let waiting = R4.MedicationRequest.Priority(kind, patientIsWaiting: true)
            #expect(waiting == (kind == .emergency ? .urgent : .asap))
        }
    }

    @Test("a frequency becomes times in a period, and comes back", arguments: [
        // code   times  period  unit
        ("qd", 1, "1", "d"), ("tid", 3, "1", "d"), ("qod", 1, "2", "d"), ("q8h", 1, "8", "h"), ("q12h", 1, "12", "h"),
        ("qw", 1, "1", "wk"), ("biw", 2, "1", "wk"), ("q2w", 1, "2", "wk"), ("q30min", 2, "1", "h"), ("q36h", 1, "36", "h"),
        ("q10d", 1, "10", "d"), ("tid_ac", 3, "1", "d"), ("qn", 1, "1", "d"),
    ] as [(String, Int, String, String)])
    func frequencies(code: String, times: Int, period: String, unit: String) throws {
        let timing = R4.Timing(try #require(DosingFrequency(code: code)))
        #expect(timing.repeat?.frequency == times)
        #expect(timing.repeat?.period?.description == period && timing.repeat?.periodUnit?.rawValue == unit)
        #expect(timing.frequency()?.code == code)
    }

    @Test("once is a count; when needed is no timing of its own")
    func withoutCycle() throws {
        let once = R4.Timing(try #require(DosingFrequency(code: "st")))
        #expect(once.repeat?.count == 1 && once.repeat?.frequency == nil && once.frequency()?.code == "st")
        let needed = R4.Timing(try #require(DosingFrequency(code: "prn")))
        #expect(needed.repeat == nil && needed.frequency()?.code == "prn")
    }

    @Test("a timing without our code is read by HL7's, or by its numbers", arguments: [
        (#"{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation","code":"BID"}]}}"#, "bid"),
        (#"{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}}"#, "tid"),
        (#"{"repeat":{"frequency":1,"period":24,"periodUnit":"h"}}"#, "qd"),
        (#"{"repeat":{"frequency":1,"period":8,"periodUnit":"h"}}"#, "q8h"),
        (#"{"repeat":{"frequency":1,"period":7,"periodUnit":"d"}}"#, "qw"),
        // Nothing of the catalogue is this often, or the code and the numbers differ.
        (#"{"repeat":{"frequency":7,"period":1,"periodUnit":"d"}}"#, nil),
        (#"{"repeat":{"frequency":1,"period":0.5,"periodUnit":"d"}}"#, nil),
        (#"{"code":{"coding":[{"system":"urn:lianyao:order-frequency","code":"tid"}]},"repeat":{"frequency":2,"period":1,"periodUnit":"d"}}"#, nil),
        (#"{"code":{"coding":[{"system":"urn:lianyao:order-frequency","code":"sometimes"}]}}"#, nil),
        (#"{"code":{"coding":[{"system":"urn:lianyao:order-frequency","code":"prn"}]},"repeat":{"period":0.5,"periodUnit":"d"}}"#, nil),
        (#"{"code":{"text":"每日三次"}}"#, nil),
    ] as [(String, String?)])
    func timings(text: String, code: String?) throws {
        #expect(try R4.Timing(json: JSONValue(parsing: text), at: "Timing").frequency()?.code == code)
    }

    @Test("ids of medications and of parts of documents are read strictly", arguments: [
        ("product-12", true), ("article-1", true), ("product-012", false), ("product-0", false), ("product--1", false),
        ("product-", false), ("12", false), ("batch-1", false), ("product-1-1", false),
    ])
    func medicationKeys(text: String, isSound: Bool) {
        #expect((MedicationKey(text) != nil) == isSound)
        if isSound { #expect(MedicationKey(text)?.description == text) }
    }

    @Test("a part's id is a lower-case UUID, a point and a number", arguments: [
        ("01936f2e-7c00-7000-8000-000000000001.12", true), ("01936F2E-7C00-7000-8000-000000000001.12", false),
        ("01936f2e-7c00-7000-8000-000000000001", false), ("01936f2e-7c00-7000-8000-000000000001.0", false),
        ("01936f2e-7c00-7000-8000-000000000001.1.2", false), (".1", false),
    ])
    func partKeys(text: String, isSound: Bool) {
        #expect((PartKey<Prescription>(text)?.description == text) == isSound)
    }
}
