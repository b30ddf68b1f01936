import DataSets
import Testing

@Suite struct PatientNameTests {
  @Test(arguments: [
    ("train/PNEUMONIA/person123_bacteria_45.jpeg", "person123"),
    ("train/PNEUMONIA/person123_virus_7.jpeg", "person123"),
    ("train/NORMAL/IM-0115-0001.jpeg", "IM-0115"),
    ("train/NORMAL/IM-0115-0001-0002.jpeg", "IM-0115"),
    ("train/NORMAL/NORMAL2-IM-0927-0001.jpeg", "NORMAL2-IM-0927"),
    ("images/00000013_005.png", "00000013"),
    ("train/sick/patient00001/study1/view1_frontal.jpg", "patient00001"),
    ("train/sick/sub-014/ses-1/scan.png", "sub-014"),
    ("train/sick/clinic-patient-12-left.png", "patient-12"),
    ("train/sick/Patient_7.png", "Patient_7"),
  ])
  func thePatientIsReadFromTheName(path: String, patient: String) {
    #expect(PatientName.of(path) == patient)
  }

  @Test(arguments: [
    "train/NORMAL/phantom-0001.jpeg", "train/NORMAL/1.png", "train/NORMAL/scan_2.png",
    "train/person/scan.png", "train/NORMAL/inpatient12.png", "a.png",
  ])
  func otherNamesTellNoPatient(path: String) {
    #expect(PatientName.of(path) == nil)
  }
}
