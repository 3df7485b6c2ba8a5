import Dispensing
import MedicationRules
import Primitives

extension RequestReading {
    /// The medicine, how much of it, and how it is taken.
    func line() throws -> RequestedLine {
        let dosage = try self.dosage()
        let rate = try rate(of: dosage)
        let supply = try present(request.dispenseRequest, "dispenseRequest")
        guard supply.numberOfRepeatsAllowed ?? 0 == 0 else {
            throw unsupported("dispenseRequest.numberOfRepeatsAllowed", "a prescription is handed out once")
        }
        let quantity = try present(supply.quantity, "dispenseRequest.quantity")
        guard let amount = quantity.value?.whole, let dose = rate.value.map({ DoseAmount(thousandths: $0.thousandths) }) else {
            throw FHIRRefusal(
                .elementInvalid, "a whole number of base units is expected", field: "\(path).dispenseRequest.quantity.value")
        }
        return RequestedLine(
            product: try product(), quantity: BaseUnits(amount),
            units: [
                RequestedLine.Unit(quantity, systems, "\(path).dispenseRequest.quantity"),
                RequestedLine.Unit(rate, systems, "\(path).dosageInstruction[0].doseAndRate[0].doseQuantity"),
            ],
            doseText: try present(dosage.text, "dosageInstruction[0].text"), note: try note(of: dosage),
            route: try route(of: dosage), dose: dose, frequency: try frequency(of: dosage),
            days: try days(supply), identifiers: try request.identifier.map { try placed($0, "identifier") }, path: path)
    }

    private func product() throws -> RequestedLine.RequestedProduct {
        switch (request.medicationReference, request.medicationCodeableConcept) {
        case (let reference?, nil):
            guard let id = reference.id(of: "Medication"), case .product(let product)? = MedicationKey(id) else {
                throw FHIRRefusal(
                    .medicationUnknown, "a reference Medication/product-… is expected", field: "\(path).medicationReference")
            }
            return .id(product)
        case (nil, let concept?):
            guard let code = concept.code(in: systems.product), concept.coding.count == 1 else {
                throw FHIRRefusal(
                    .medicationUnknown, "one code of \(systems.product) is expected", field: "\(path).medicationCodeableConcept")
            }
            return .code(code)
        default: throw missing("medicationReference")
        }
    }

    private func dosage() throws -> R4.Dosage {
        guard request.dosageInstruction.count <= 1 else {
            throw unsupported("dosageInstruction", "one instruction is kept; several are several requests")
        }
        let dosage = try present(request.dosageInstruction.first, "dosageInstruction")
        return dosage
    }

    private func route(of dosage: R4.Dosage) throws -> AdministrationRoute? {
        guard let route = dosage.route else { return nil }
        guard route.coding.count == 1, let known = route.code(in: systems.route).flatMap(AdministrationRoute.init(code:)) else {
            throw unsupported("dosageInstruction[0].route", "one code of \(systems.route) is expected")
        }
        return known
    }

    /// What else is to be heeded, in words.
    private func note(of dosage: R4.Dosage) throws -> String {
        guard dosage.additionalInstruction.allSatisfy({ $0.coding.isEmpty }) else {
            throw unsupported("dosageInstruction[0].additionalInstruction", "words without a code are kept")
        }
        return dosage.additionalInstruction.compactMap(\.text).joined(separator: "；")
    }

    private func rate(of dosage: R4.Dosage) throws -> R4.Quantity {
        guard dosage.doseAndRate.count <= 1 else {
            throw unsupported("dosageInstruction[0].doseAndRate", "one dose is kept")
        }
        return try present(dosage.doseAndRate.first?.doseQuantity, "dosageInstruction[0].doseAndRate[0].doseQuantity")
    }

    private func frequency(of dosage: R4.Dosage) throws -> DosingFrequency {
        let place = "\(path).dosageInstruction[0].timing"
        if let timing = dosage.timing {
            guard let frequency = timing.frequency(systems: systems), dosage.asNeededBoolean ?? frequency.isAsNeeded == frequency.isAsNeeded
            else { throw FHIRRefusal(.frequencyUnknown, "use a code of \(systems.frequency)", field: place) }
            return frequency
        }
        guard dosage.asNeededBoolean == true, let asNeeded = DosingFrequency(code: "prn") else {
            throw missing("dosageInstruction[0].timing")
        }
        return asNeeded
    }

    private func days(_ supply: R4.MedicationRequest.DispenseRequest) throws -> Int {
        let place = "dispenseRequest.expectedSupplyDuration"
        let duration = try present(supply.expectedSupplyDuration, place)
        let days: Int64? =
            switch (duration.system, duration.code) {
            case (CodeSystems.ucum?, "d"?): duration.value?.whole
            case (CodeSystems.ucum?, "wk"?): duration.value?.whole.map { $0 * 7 }
            default: nil
            }
        guard let days, (1...1_000).contains(days) else {
            throw unsupported(place, "whole days or weeks (\(CodeSystems.ucum)|d, wk) are expected")
        }
        return Int(days)
    }
}

extension RequestedLine.Unit {
    /// A code of another system than ours cannot be compared, and is taken for a wrong one.
    fileprivate init(_ quantity: R4.Quantity, _ systems: CodeSystems, _ path: String) {
        let isOurs = quantity.system == systems.unit
        self.init(code: isOurs ? quantity.code : quantity.code.map { "\(quantity.system ?? "")|\($0)" }, text: quantity.unit, path: path)
    }

    /// Whether it is the product's base unit; a unit that is not said is.
    func isBaseUnit(_ unit: String, _ words: WordsOfCodes) -> Bool {
        if let code { return code == unit }
        return text.map { $0 == unit || $0 == words.unit(unit) } ?? true
    }
}
